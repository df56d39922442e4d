import type { Lexicon } from './lexicon.js';
import { DEGREE_PHRASES, DEGREES, IDIOMS, negates } from './modifiers.js';
import { readTokens, type Token } from './tokens.js';

/** Constants of the reference, measured by its authors on human ratings. */
const CAPITALS = 0.733;
const NEGATION = -0.74;
const NEVER_SO = 1.25;
const BEFORE_BUT = 0.5;
const AFTER_BUT = 1.5;
const EXCLAMATION_MARK = 0.292;
const MOST_EXCLAMATION_MARKS = 4;
const QUESTION_MARK = 0.18;
const MANY_QUESTION_MARKS = 0.96;
const NORMALISATION = 15;
/** Degree adverbs count for less the farther they stand before a word: one, two, three places. */
const DISTANCE_WEIGHTS = { 1: 1, 2: 0.95, 3: 0.9 } as const;

/** What a stretch of text says. */
export interface Rating {
  /** -1 to 1. */
  readonly compound: number;
  /** How many of its words count. */
  readonly rated: number;
}

/**
 * VADER (Hutto & Gilbert 2014) by the rules of its reference implementation, vaderSentiment 3.3.2: a lexicon rated by
 * people, and five rules about punctuation, capitals, degree adverbs, "but" and negation.
 */
export class Vader {
  constructor(private readonly lexicon: Lexicon) {}

  /** @param text a sentence or a short text; linear in its length */
  rate(text: string): Rating {
    const tokens = readTokens(text);
    const isShouted = mixesCapitals(tokens);
    const valences = weighAroundBut(
      tokens,
      tokens.map((_, index) => this.valence(tokens, index, isShouted)),
    );
    const sum = valences.reduce((total, valence) => total + valence, 0);
    const emphasised = sum + Math.sign(sum) * punctuationEmphasis(text);
    return {
      compound: emphasised / Math.sqrt(emphasised * emphasised + NORMALISATION),
      rated: valences.filter((valence) => valence !== 0).length,
    };
  }

  private valence(tokens: readonly Token[], index: number, isShouted: boolean): number {
    const word = wordAt(tokens, index);
    const rating = this.lexicon(word);
    if (rating === undefined || DEGREES.has(word)) return 0;
    if (word === 'kind' && wordAt(tokens, index + 1) === 'of') return 0;
    let valence = this.negatedByNo(tokens, index, rating);
    if (isShouted && tokens[index]?.isUpperCase) valence += valence > 0 ? CAPITALS : -CAPITALS;
    for (const distance of [1, 2, 3] as const) {
      if (index < distance || this.isRated(tokens, index - distance)) continue;
      valence += degree(tokens[index - distance], valence, isShouted) * DISTANCE_WEIGHTS[distance];
      valence *= negationFactor(tokens, index, distance);
      if (distance === 3) valence = idiomatic(tokens, index, valence);
    }
    return valence * this.leastFactor(tokens, index);
  }

  private isRated(tokens: readonly Token[], index: number): boolean {
    return this.lexicon(wordAt(tokens, index)) !== undefined;
  }

  /** "no" before a rated word negates it instead of counting itself. */
  private negatedByNo(tokens: readonly Token[], index: number, rating: number): number {
    const before = (distance: number) => wordAt(tokens, index - distance);
    if (
      before(1) === 'no' ||
      before(2) === 'no' ||
      (before(3) === 'no' && (before(1) === 'or' || before(1) === 'nor'))
    ) {
      return rating * NEGATION;
    }
    return wordAt(tokens, index) === 'no' && this.isRated(tokens, index + 1) ? 0 : rating;
  }

  private leastFactor(tokens: readonly Token[], index: number): number {
    if (wordAt(tokens, index - 1) !== 'least') return 1;
    const before = wordAt(tokens, index - 2);
    return before === 'at' || before === 'very' ? 1 : NEGATION;
  }
}

function wordAt(tokens: readonly Token[], index: number): string {
  return tokens[index]?.word ?? '';
}

/** Whether some words are in capitals and others aren't; only then are capitals emphasis. */
function mixesCapitals(tokens: readonly Token[]): boolean {
  const capitals = tokens.filter(({ isUpperCase }) => isUpperCase).length;
  return capitals > 0 && capitals < tokens.length;
}

function degree(token: Token | undefined, valence: number, isShouted: boolean): number {
  const amount = token === undefined ? undefined : DEGREES.get(token.word);
  if (token === undefined || amount === undefined) return 0;
  const signed = valence < 0 ? -amount : amount;
  if (!token.isUpperCase || !isShouted) return signed;
  return signed + (valence > 0 ? CAPITALS : -CAPITALS);
}

function negationFactor(tokens: readonly Token[], index: number, distance: 1 | 2 | 3): number {
  const before = (places: number) => wordAt(tokens, index - places);
  const isSo = (places: number) => before(places) === 'so' || before(places) === 'this';
  if (distance === 2) {
    if (before(2) === 'never' && isSo(1)) return NEVER_SO;
    if (before(2) === 'without' && before(1) === 'doubt') return 1;
  }
  if (distance === 3) {
    if ((before(3) === 'never' && isSo(2)) || isSo(1)) return NEVER_SO;
    if (before(3) === 'without' && (before(2) === 'doubt' || before(1) === 'doubt')) return 1;
  }
  return negates(before(distance)) ? NEGATION : 1;
}

function idiomatic(tokens: readonly Token[], index: number, valence: number): number {
  const phrase = (from: number, to: number) =>
    tokens
      .slice(index + from, index + to + 1)
      .map(({ word }) => word)
      .join(' ');
  const before = [phrase(-1, 0), phrase(-2, 0), phrase(-2, -1), phrase(-3, -1), phrase(-3, -2)];
  const [idiom] = before.flatMap((words) => IDIOMS.get(words) ?? []);
  const after = [phrase(0, 1), phrase(0, 2)].flatMap((words) => IDIOMS.get(words) ?? []).at(-1);
  const degrees = [phrase(-3, -2), phrase(-2, -1)].map((words) => DEGREE_PHRASES.get(words) ?? 0);
  return (after ?? idiom ?? valence) + degrees.reduce((total, amount) => total + amount, 0);
}

/** What stands after the first "but" weighs more than what stands before it. */
function weighAroundBut(tokens: readonly Token[], valences: readonly number[]): number[] {
  const but = tokens.findIndex(({ word }) => word === 'but');
  if (but === -1) return [...valences];
  return valences.map((valence, index) => valence * (index < but ? BEFORE_BUT : index > but ? AFTER_BUT : 1));
}

function punctuationEmphasis(text: string): number {
  const exclamationMarks = Math.min(count(text, '!'), MOST_EXCLAMATION_MARKS);
  const questionMarks = count(text, '?');
  const questions =
    questionMarks > 3 ? MANY_QUESTION_MARKS : questionMarks > 1 ? questionMarks * QUESTION_MARK : 0;
  return exclamationMarks * EXCLAMATION_MARK + questions;
}

function count(text: string, character: string): number {
  let found = 0;
  for (let at = text.indexOf(character); at !== -1; at = text.indexOf(character, at + 1)) found += 1;
  return found;
}

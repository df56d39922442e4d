import { countWords } from '../../../core/llm/tokens/words.js';
import type { Pace } from '../text/pace.js';
import { scoreSentences, type ScoredSentence, similarity } from './sentence-scores.js';
import { shorten } from './shorten.js';

/** Without a limit, one sentence stands for about this many, */
const SENTENCES_PER_SENTENCE = 15;
/** and there are no more than this. */
const MOST_BY_DEFAULT = 5;
/** Sentences more alike than this say the same. */
const SAME_ABOVE = 0.7;
/** Best sentences that are looked at; the others could only fill a gap. */
const MOST_CONSIDERED = 300;
const FEWEST_KEY_POINTS = 3;
const MOST_KEY_POINTS = 5;
const SENTENCES_PER_KEY_POINT = 5;

export interface Summary {
  readonly summary: string;
  readonly keyPoints: readonly string[];
}

/**
 * The most telling sentences of a text, word for word, in reading order.
 * @param maxLength most words of the summary; null for one sentence, or a few of a long text
 */
export async function summarize(text: string, maxLength: number | null, pace: Pace): Promise<Summary> {
  const sentences = await scoreSentences(text, pace);
  const distinct = await mostTelling(sentences, pace);
  const [best] = distinct;
  if (best === undefined) {
    const start = text.trim().slice(0, 500).toWellFormed();
    return { summary: shorten(start, maxLength ?? Infinity), keyPoints: start === '' ? [] : [start] };
  }
  const chosen =
    maxLength === null ? distinct.slice(0, defaultCount(sentences)) : fill(distinct, sentences, maxLength);
  const summary =
    chosen.length === 0 ? shorten(best.text, maxLength ?? Infinity) : inReadingOrder(chosen).join(' ');
  return { summary, keyPoints: inReadingOrder(distinct.slice(0, keyPointCount(sentences))) };
}

/** Best first, without those that repeat a better one. */
async function mostTelling(sentences: readonly ScoredSentence[], pace: Pace): Promise<ScoredSentence[]> {
  const ranked = [...sentences].sort((a, b) => b.score - a.score || a.position - b.position);
  const distinct: ScoredSentence[] = [];
  for (const sentence of ranked.slice(0, MOST_CONSIDERED)) {
    if (distinct.every((other) => similarity(sentence.counts, other.counts) <= SAME_ABOVE))
      distinct.push(sentence);
    await pace.step();
  }
  return distinct;
}

/** As many of the best sentences as fit, but no more than half of the text. */
function fill(
  ranked: readonly ScoredSentence[],
  all: readonly ScoredSentence[],
  maxLength: number,
): ScoredSentence[] {
  const chosen: ScoredSentence[] = [];
  let words = 0;
  for (const sentence of ranked) {
    if (chosen.length >= Math.ceil(all.length / 2)) break;
    const length = countWords(sentence.text);
    if (words + length > maxLength) continue;
    chosen.push(sentence);
    words += length;
  }
  return chosen;
}

function defaultCount({ length }: readonly ScoredSentence[]): number {
  return Math.min(Math.ceil(length / SENTENCES_PER_SENTENCE), MOST_BY_DEFAULT);
}

function keyPointCount({ length }: readonly ScoredSentence[]): number {
  const count = Math.ceil(length / SENTENCES_PER_KEY_POINT);
  return Math.min(Math.max(count, FEWEST_KEY_POINTS), MOST_KEY_POINTS);
}

function inReadingOrder(sentences: readonly ScoredSentence[]): string[] {
  return [...sentences].sort((a, b) => a.position - b.position).map(({ text }) => text);
}

import { analyze } from '../../../common/text/analyzer.js';
import type { Pace } from '../text/pace.js';
import { sentencesOf } from '../text/sentences.js';

/** Words with which authors announce what their text is about (cue words, Edmundson 1969). */
const CUE =
  /\b(?:in this (?:paper|work|article|study|report)|this (?:paper|work|article|study|report)|we (?:propose|present|introduce|show|demonstrate|develop|describe|find|argue|prove|study|investigate)|our (?:results|approach|method|work|findings|main)|in (?:conclusion|summary)|to (?:summarize|conclude)|overall|the (?:aim|goal|purpose|results?|main)|therefore|thus|finally|as a result)\b/iu;
const CUE_WEIGHT = 0.2;
/** The first sentence tells what a text is about more often than others do. */
const FIRST_WEIGHT = 0.1;

export interface ScoredSentence {
  readonly text: string;
  /** Place in the text, from 0. */
  readonly position: number;
  /** Share in what the whole text is about, about 0 to 1.3. */
  readonly score: number;
  /** How often each stem occurs. */
  readonly counts: Counts;
}

export type Counts = ReadonlyMap<string, number>;

/**
 * Scores the sentences of a text: cosine between a sentence and the whole text (its centroid, Radev et al. 2000) in
 * counts of stems, and more for cue words and for the first one. Sentences without words are left out.
 */
export async function scoreSentences(text: string, pace: Pace): Promise<ScoredSentence[]> {
  const centroid = new Map<string, number>();
  const sentences: { text: string; counts: Counts }[] = [];
  for (const sentence of sentencesOf(text)) {
    const counts = countTerms(analyze(sentence));
    for (const [term, count] of counts) centroid.set(term, (centroid.get(term) ?? 0) + count);
    if (counts.size > 0) sentences.push({ text: sentence, counts });
    await pace.step();
  }
  const length = lengthOf(centroid);
  const scored: ScoredSentence[] = [];
  for (const [position, { text: sentence, counts }] of sentences.entries()) {
    const cue = CUE.test(sentence) ? CUE_WEIGHT : 0;
    const first = position === 0 ? FIRST_WEIGHT : 0;
    const score = dot(counts, centroid) / (lengthOf(counts) * length) + cue + first;
    scored.push({ text: sentence, position, score, counts });
    await pace.step();
  }
  return scored;
}

/** Cosine of two bags of stems, 0 to 1. */
export function similarity(left: Counts, right: Counts): number {
  return dot(left, right) / (lengthOf(left) * lengthOf(right));
}

function countTerms(terms: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}

function dot(left: Counts, right: Counts): number {
  let sum = 0;
  for (const [term, count] of left) sum += count * (right.get(term) ?? 0);
  return sum;
}

function lengthOf(counts: Counts): number {
  let squares = 0;
  for (const count of counts.values()) squares += count * count;
  return Math.sqrt(squares);
}

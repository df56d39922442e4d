import type { Pace } from '../text/pace.js';
import { sentencesOf } from '../text/sentences.js';
import { labelWords, stemCounts } from './label-words.js';

/**
 * How near a text is to the name of each category: cosine of their stems.
 * @returns a score of 0 to 1 for each category
 */
export async function scoreCategories(
  text: string,
  categories: readonly string[],
  pace: Pace,
): Promise<number[]> {
  const counts = new Map<string, number>();
  for (const sentence of sentencesOf(text)) {
    for (const [stem, count] of stemCounts(sentence)) counts.set(stem, (counts.get(stem) ?? 0) + count);
    await pace.step();
  }
  return categories.map((category) => cosine(stemCounts(labelWords(category)), counts));
}

function cosine(left: ReadonlyMap<string, number>, right: ReadonlyMap<string, number>): number {
  let dot = 0;
  for (const [stem, count] of left) dot += count * (right.get(stem) ?? 0);
  return dot === 0 ? 0 : dot / (lengthOf(left) * lengthOf(right));
}

function lengthOf(counts: ReadonlyMap<string, number>): number {
  let squares = 0;
  for (const count of counts.values()) squares += count * count;
  return Math.sqrt(squares);
}

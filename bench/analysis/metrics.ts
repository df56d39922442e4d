import { stemmer } from 'stemmer';

const DIACRITICS = /[\u0300-\u036f]/gu;

/** Stems of runs of a-z and 0-9. */
export function stems(text: string): string[] {
  const folded = text
    .normalize('NFKD')
    .replace(DIACRITICS, '')
    .toLowerCase()
    .replace(/[’']s\b/gu, '');
  return (folded.match(/[a-z0-9]+/gu) ?? []).map((word) => stemmer(word));
}

export function mean(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}

/** Harmonic mean; 0 when nothing was hit. */
export function f1(precision: number, recall: number): number {
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
}

export interface LabelPair {
  readonly gold: string;
  readonly predicted: string;
}

/** Accuracy, and F1 per gold label: plain mean (macro) and weighted by the label's number of texts. */
export function labelMetrics(pairs: readonly LabelPair[]) {
  const perLabel = [...new Set(pairs.map(({ gold }) => gold))].map((label) => {
    const ofGold = pairs.filter(({ gold }) => gold === label);
    const found = pairs.filter(({ predicted }) => predicted === label).length;
    const hits = ofGold.filter(({ predicted }) => predicted === label).length;
    return { count: ofGold.length, f1: f1(found === 0 ? 0 : hits / found, hits / ofGold.length) };
  });
  return {
    accuracy: mean(pairs.map(({ gold, predicted }) => (gold === predicted ? 1 : 0))),
    macroF1: mean(perLabel.map((label) => label.f1)),
    weightedF1: perLabel.reduce((sum, label) => sum + label.f1 * label.count, 0) / pairs.length,
  };
}

/** Correlation of two series of the same length. */
export function pearson(left: readonly number[], right: readonly number[]): number {
  const [meanLeft, meanRight] = [mean(left), mean(right)];
  let product = 0;
  let squaresLeft = 0;
  let squaresRight = 0;
  left.forEach((value, index) => {
    const [a, b] = [value - meanLeft, (right[index] ?? NaN) - meanRight];
    product += a * b;
    squaresLeft += a * a;
    squaresRight += b * b;
  });
  return product / Math.sqrt(squaresLeft * squaresRight);
}

/** Precision, recall and F1 among the first `depth` predictions, against all gold phrases, as stems. */
export function phraseMetrics(predicted: readonly string[], gold: readonly string[], depth: number) {
  const normalise = (phrases: readonly string[]) =>
    [...new Set(phrases.map((phrase) => stems(phrase).join(' ')))].filter((phrase) => phrase !== '');
  const wanted = new Set(normalise(gold));
  const hits = normalise(predicted)
    .slice(0, depth)
    .filter((phrase) => wanted.has(phrase)).length;
  const precision = hits / depth;
  const recall = wanted.size === 0 ? 0 : hits / wanted.size;
  return { precision, recall, f1: f1(precision, recall) };
}

/** ROUGE-N F1 of n-grams of stems, 0 to 1. */
export function rougeN(candidate: string, reference: string, n: number): number {
  const [left, right] = [countGrams(stems(candidate), n), countGrams(stems(reference), n)];
  let hits = 0;
  for (const [gram, count] of left) hits += Math.min(count, right.get(gram) ?? 0);
  return hits === 0 ? 0 : f1(hits / total(left), hits / total(right));
}

/** ROUGE-L F1: the longest common subsequence of stems, 0 to 1. */
export function rougeL(candidate: string, reference: string): number {
  const [left, right] = [stems(candidate), stems(reference)];
  let previous = Array<number>(right.length + 1).fill(0);
  for (const word of left) {
    const row = [0];
    right.forEach((other, index) => {
      row.push(
        word === other ? (previous[index] ?? 0) + 1 : Math.max(previous[index + 1] ?? 0, row[index] ?? 0),
      );
    });
    previous = row;
  }
  const common = previous.at(-1) ?? 0;
  return common === 0 ? 0 : f1(common / left.length, common / right.length);
}

function countGrams(words: readonly string[], n: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (let start = 0; start + n <= words.length; start += 1) {
    const gram = words.slice(start, start + n).join(' ');
    counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  return counts;
}

function total(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

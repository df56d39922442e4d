/** Differences of this size between scores make a category e times as likely; so that the best is as often right. */
const TEMPERATURE = 1.6;

/** Confidences that add up to 1 (softmax). */
export function exclusiveConfidences(scores: readonly number[]): number[] {
  const best = Math.max(...scores);
  const weights = scores.map((score) => Math.exp((score - best) / TEMPERATURE));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

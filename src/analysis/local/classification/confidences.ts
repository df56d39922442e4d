/** Differences of this size between scores make a category e times as likely. */
const TEMPERATURE = 0.1;
/** A score at which a category is as likely to hold as not. */
const EVEN_SCORE = 0.4;

/** Confidences that add up to 1 (softmax). */
export function exclusiveConfidences(scores: readonly number[]): number[] {
  const best = Math.max(...scores);
  const weights = scores.map((score) => Math.exp((score - best) / TEMPERATURE));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** Confidences that don't depend on each other (logistic). */
export function independentConfidences(scores: readonly number[]): number[] {
  return scores.map((score) => 1 / (1 + Math.exp(-(score - EVEN_SCORE) / TEMPERATURE)));
}

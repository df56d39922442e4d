/** Numbers of each word's vector. */
export const DIMENSIONS = 100;

/**
 * Differences of this size between cosines make two words e times as likely to go together. How crowded the
 * neighbourhood of each word is depends on it, so after a change `scripts/make-word-vectors.py` must run again.
 */
export const TEMPERATURE = 0.1;

/** For each word, most frequent first: its vector as signed bytes; after all of them two 32-bit floats for each. */
export function layoutOf(count: number): {
  readonly weights: number;
  readonly crowding: number;
  readonly end: number;
} {
  const weights = count * DIMENSIONS;
  return { weights, crowding: weights + 4 * count, end: weights + 8 * count };
}

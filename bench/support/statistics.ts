/** Middle value; the mean of the two in the middle for an even number. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** Value at a share of the sorted values, interpolated. @param share 0..1 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)] ?? NaN;
  const above = sorted[Math.ceil(position)] ?? NaN;
  return below + (above - below) * (position - Math.floor(position));
}

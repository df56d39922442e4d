/** Mean of values, each counting as much as its weight. */
export function weightedMean(values: readonly { readonly value: number; readonly weight: number }[]): number {
  const total = values.reduce((sum, { weight }) => sum + weight, 0);
  return values.reduce((sum, { value, weight }) => sum + value * weight, 0) / total;
}

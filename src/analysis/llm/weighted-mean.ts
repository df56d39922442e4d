/** Mean of values, each counting as much as its weight; a single one comes back as it is, to the last digit. */
export function weightedMean(values: readonly { readonly value: number; readonly weight: number }[]): number {
  const [only] = values;
  if (only !== undefined && values.length === 1) return only.value;
  const total = values.reduce((sum, { weight }) => sum + weight, 0);
  return values.reduce((sum, { value, weight }) => sum + value * weight, 0) / total;
}

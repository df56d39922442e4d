/**
 * Divides a whole number into whole parts in proportion to weights, by the method of largest remainders.
 * @param weights one a part, none negative; equal shares where all are zero
 * @returns parts whose sum is exactly `total`; none is off its exact share by 1 or more
 */
export function apportion(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((left, right) => left + right, 0);
  const shares = weights.map((weight) => (sum === 0 ? total / weights.length : (total * weight) / sum));
  const parts = shares.map(Math.floor);
  const left = total - parts.reduce((one, other) => one + other, 0);
  const byRemainder = [...shares.keys()].sort(
    (one, other) => remainder(shares, other) - remainder(shares, one),
  );
  for (const index of byRemainder.slice(0, left)) parts[index] = (parts[index] ?? 0) + 1;
  return parts;
}

function remainder(shares: readonly number[], index: number): number {
  return (shares[index] ?? 0) % 1;
}

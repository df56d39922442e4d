/** The nearest rising curve by least squares, all points weighing the same (pool adjacent violators). */
export function rising(values: Float64Array): Float64Array {
  const pools: { mean: number; size: number }[] = [];
  for (const value of values) {
    let pool = { mean: value, size: 1 };
    for (let before = pools.at(-1); before !== undefined && before.mean > pool.mean; before = pools.at(-1)) {
      pools.pop();
      const size = before.size + pool.size;
      pool = { mean: (before.mean * before.size + pool.mean * pool.size) / size, size };
    }
    pools.push(pool);
  }
  return Float64Array.from(pools.flatMap(({ mean, size }) => Array<number>(size).fill(mean)));
}

/** Value of a curve of evenly spaced points. @param share 0..1 of the way from the first to the last */
export function valueAt(curve: Float64Array, share: number): number {
  const position = share * (curve.length - 1);
  const below = Math.floor(position);
  const first = curve[below] ?? 0;
  return first + (position - below) * ((curve[below + 1] ?? first) - first);
}

/** The inverse of `valueAt` for a rising curve: 0..1; in the middle of a stretch that stays level. */
export function shareAt(curve: Float64Array, value: number): number {
  const below = countWhile(curve, (point) => point < value);
  const upTo = countWhile(curve, (point) => point <= value);
  const last = curve.length - 1;
  if (upTo > below) return (below + upTo - 1) / 2 / last;
  if (below === 0) return 0;
  if (below > last) return 1;
  const before = curve[below - 1] ?? 0;
  return (below - 1 + (value - before) / ((curve[below] ?? 0) - before)) / last;
}

/** How many points at the start fulfil a condition that none fulfils after one that doesn't. */
function countWhile(curve: Float64Array, holds: (point: number) => boolean): number {
  let low = 0;
  let high = curve.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(curve[middle] ?? 0)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Place of each value among all, -0.5..0.5; equal values share the middle of theirs. */
export function centredRanks(values: Float64Array): Float64Array {
  const sorted = values.slice().sort();
  const places = new Map<number, { first: number; last: number }>();
  sorted.forEach((value, place) => {
    places.set(value, { first: places.get(value)?.first ?? place, last: place });
  });
  return values.map((value) => {
    const { first, last } = places.get(value) ?? { first: 0, last: 0 };
    return (first + last + 1) / 2 / values.length - 0.5;
  });
}

/** Pearson's, -1..1; 0 where one of both doesn't vary. */
export function correlation(a: Float64Array, b: Float64Array): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  let [product, squaresA, squaresB] = [0, 0, 0];
  a.forEach((value, at) => {
    const [fromA, fromB] = [value - meanA, (b[at] ?? 0) - meanB];
    product += fromA * fromB;
    squaresA += fromA * fromA;
    squaresB += fromB * fromB;
  });
  const scale = Math.sqrt(squaresA * squaresB);
  return scale > 0 ? product / scale : 0;
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

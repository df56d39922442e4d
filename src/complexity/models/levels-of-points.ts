/**
 * Where in the order of a project's tasks one level gives way to the next: few tasks are trivial, fewer are epics.
 * Teams mean different things by five points, but each orders its own tasks by them.
 */
const SHARES = [
  [0, 0.5],
  [0.15, 1.5],
  [0.45, 2.5],
  [0.75, 3.5],
  [0.95, 4.5],
  [1, 5.5],
] as const;

/**
 * Level, 0.5..5.5 and not rounded, that story points mean in a project.
 * @param sortedPoints those of the project's past tasks, rising
 */
export function levelOfPoints(points: number, sortedPoints: Float64Array): number {
  const share =
    (firstIndex(sortedPoints, (other) => other >= points) +
      firstIndex(sortedPoints, (other) => other > points)) /
    2 /
    sortedPoints.length;
  const upper = SHARES.findIndex(([at]) => share <= at);
  const [toShare, toLevel] = SHARES[Math.max(1, upper)] ?? SHARES[1];
  const [fromShare, fromLevel] = SHARES[Math.max(1, upper) - 1] ?? SHARES[0];
  return fromLevel + ((share - fromShare) / (toShare - fromShare)) * (toLevel - fromLevel);
}

/** Of the first value for which it is true, in a list where it stays true; the length where it never is. */
function firstIndex(values: Float64Array, isTrue: (value: number) => boolean): number {
  let from = 0;
  let to = values.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (isTrue(values[middle] ?? 0)) to = middle;
    else from = middle + 1;
  }
  return from;
}

import { median } from '../support/statistics.js';
import type { PointsPrediction } from './estimators.js';

/** How near predictions came. */
export interface ErrorMeasures {
  readonly meanError: number;
  readonly medianError: number;
  /** Spearman's rank correlation; 0 for a constant. */
  readonly rankCorrelation: number;
  /** Share of truths within the ranges; null where none is told. */
  readonly coverage: number | null;
}

export function measureErrors(
  predictions: readonly PointsPrediction[],
  truths: readonly number[],
): ErrorMeasures {
  const errors = predictions.map(({ value }, at) => Math.abs(value - truths[at]!));
  const covered = predictions.map(
    ({ range }, at) => range && range.low <= truths[at]! && truths[at]! <= range.high,
  );
  return {
    meanError: mean(errors),
    medianError: median(errors),
    rankCorrelation: spearman(
      predictions.map(({ value }) => value),
      truths,
    ),
    coverage: covered.includes(null) ? null : mean(covered.map(Number)),
  };
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function spearman(a: readonly number[], b: readonly number[]): number {
  const [ranksA, ranksB] = [ranks(a), ranks(b)];
  const middle = (a.length - 1) / 2;
  const product = (x: readonly number[], y: readonly number[]) =>
    x.reduce((sum, rank, at) => sum + (rank - middle) * (y[at]! - middle), 0);
  const scale = Math.sqrt(product(ranksA, ranksA) * product(ranksB, ranksB));
  return scale > 0 ? product(ranksA, ranksB) / scale : 0;
}

/** Equal values share the mean of their ranks. */
function ranks(values: readonly number[]): number[] {
  const order = [...values.keys()].sort((a, b) => values[a]! - values[b]!);
  const result = Array<number>(values.length);
  for (let start = 0; start < order.length;) {
    let end = start;
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++;
    for (const at of order.slice(start, end)) result[at] = (start + end - 1) / 2;
    start = end;
  }
  return result;
}

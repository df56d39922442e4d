import type { EarlierEstimate } from '../history/outcome.js';

export interface Actual {
  /** 1..5. */
  readonly level: number;
  /** Null where nobody kept them. */
  readonly hours: number | null;
}

/**
 * How good an estimate was, 0..100: the share of the scale that it was not off by, and where hours are known on both
 * sides, the mean of that and the smaller hours as a share of the larger.
 * @returns null without an estimate
 */
export function accuracyScore(estimate: EarlierEstimate | null, actual: Actual): number | null {
  if (estimate?.level == null) return null;
  const byLevel = 1 - Math.abs(actual.level - estimate.level) / 4;
  if (estimate.hours === null || actual.hours === null) return percent(byLevel);
  const byHours = Math.min(estimate.hours, actual.hours) / Math.max(estimate.hours, actual.hours);
  return percent((byLevel + byHours) / 2);
}

function percent(share: number): number {
  return Math.round(share * 1000) / 10;
}

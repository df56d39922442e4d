/** What the change that completed a task consisted of. */
export interface DeliveryMetrics {
  readonly linesAdded: number;
  readonly linesRemoved: number;
  readonly filesChanged: number;
  readonly commits: number;
  /** From the opening of the change to its merge. */
  readonly timeToMergeHours: number;
  readonly reviewComments: number;
}

/** A logarithmic scale: which amount belongs to level 1.5, and how many doublings make a level more. */
interface Measure {
  readonly weight: number;
  readonly simpleFrom: number;
  readonly doublingsPerLevel: number;
}

const LINES: Measure = { weight: 0.55, simpleFrom: 15, doublingsPerLevel: 2.2 };
const FILES: Measure = { weight: 0.3, simpleFrom: 1.5, doublingsPerLevel: 1.2 };
const COMMITS: Measure = { weight: 0.15, simpleFrom: 1.5, doublingsPerLevel: 1.15 };

/** A removed line is read and thought about, but rarely written about. */
const REMOVED_LINE_SHARE = 0.5;

const REVIEW = { perDoubling: 0.07, most: 0.35 };
/** Little: most of that time nobody works on the change. */
const MERGE_TIME = { perDoubling: 0.03, most: 0.2 };

/**
 * Level that a change looks like, not rounded, 1..5. It never falls when any of the metrics grows. What may be
 * unknown only adds to it, so that unknown and none are the same.
 */
export function levelOfMetrics(metrics: DeliveryMetrics): number {
  const lines = metrics.linesAdded + REMOVED_LINE_SHARE * metrics.linesRemoved;
  const size =
    weighted(LINES, lines) + weighted(FILES, metrics.filesChanged) + weighted(COMMITS, metrics.commits);
  const effort = extra(REVIEW, metrics.reviewComments) + extra(MERGE_TIME, metrics.timeToMergeHours);
  return Math.min(5, Math.max(1, size + effort));
}

function weighted({ weight, simpleFrom, doublingsPerLevel }: Measure, amount: number): number {
  const level = 1.5 + Math.log2((1 + amount) / (1 + simpleFrom)) / doublingsPerLevel;
  // One enormous number, of generated lines for example, doesn't decide alone.
  return weight * Math.min(6, Math.max(0, level));
}

function extra({ perDoubling, most }: { perDoubling: number; most: number }, amount: number): number {
  return Math.min(most, perDoubling * Math.log2(1 + amount));
}

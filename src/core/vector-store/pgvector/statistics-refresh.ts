/** Below this many rows the planner does well without statistics. */
const SMALLEST = 1000;

/**
 * Whether a table that has grown passed 1,000, 2,000, 4,000, … rows, so that the planner should look at it again.
 * Servers do that by themselves after a while; the embedded database never does.
 */
export function needsNewStatistics(rowsBefore: number, rowsAfter: number): boolean {
  return rowsAfter >= SMALLEST && doublings(rowsAfter) > doublings(rowsBefore);
}

function doublings(rows: number): number {
  return Math.floor(Math.log2(Math.max(rows, 1) / SMALLEST));
}

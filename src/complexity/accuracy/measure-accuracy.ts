import { TimeSlice } from '../../common/async/time-slice.js';
import { levelOfHours } from '../estimation/scale.js';
import { ErrorStatistics } from './error-statistics.js';
import { RunningValues } from './running-values.js';

/** An outcome as far as its accuracy goes. */
export interface MeasuredOutcome {
  readonly level: number | null;
  readonly hours: number | null;
  readonly estimatedLevel: number | null;
  readonly estimatedHours: number | null;
  readonly hoursLow: number | null;
  readonly hoursHigh: number | null;
}

/** How far something was off, in hours and in levels. */
export interface Errors {
  readonly hours: ErrorStatistics;
  readonly levels: ErrorStatistics;
}

export interface Accuracy {
  /** Outcomes that had been estimated. */
  readonly count: number;
  readonly estimates: Errors;
  /** Ranges that could be checked, and how many of them held the truth. */
  readonly ranges: { readonly count: number; readonly covered: number };
  /** What the mean and the median of all earlier outcomes would have said of the same tasks. */
  readonly baselines: { readonly mean: Errors; readonly median: Errors };
}

/**
 * Compares estimates with outcomes, and with what plain averages would have said: each of these knows only the
 * outcomes before the one that it is asked about.
 * @param outcomes oldest first
 */
export async function measureAccuracy(outcomes: readonly MeasuredOutcome[]): Promise<Accuracy> {
  const slice = new TimeSlice();
  const estimates = noErrors();
  const baselines = { mean: noErrors(), median: noErrors() };
  const ranges = { count: 0, covered: 0 };
  const earlier = { hours: new RunningValues(), levels: new RunningValues() };
  let count = 0;
  for (const outcome of outcomes) {
    const level = levelOf(outcome);
    if (outcome.estimatedLevel !== null || outcome.estimatedHours !== null) {
      count += 1;
      estimates.hours.add(outcome.estimatedHours, outcome.hours);
      estimates.levels.add(outcome.estimatedLevel, level);
      if (outcome.estimatedHours !== null) addBaselines('hours', outcome.hours, earlier.hours, baselines);
      if (outcome.estimatedLevel !== null) addBaselines('levels', level, earlier.levels, baselines);
      addRange(outcome, ranges);
    }
    earlier.hours.add(outcome.hours);
    earlier.levels.add(level);
    await slice.breathe();
  }
  return { count, estimates, ranges, baselines };
}

/** As somebody judged it, else that of its hours. */
function levelOf({ level, hours }: MeasuredOutcome): number | null {
  return level ?? (hours === null ? null : levelOfHours(hours));
}

function noErrors(): Errors {
  return { hours: new ErrorStatistics(), levels: new ErrorStatistics() };
}

function addBaselines(
  unit: keyof Errors,
  actual: number | null,
  earlier: RunningValues,
  baselines: Accuracy['baselines'],
): void {
  baselines.mean[unit].add(earlier.mean, actual);
  baselines.median[unit].add(earlier.median, actual);
}

function addRange(
  { hours, hoursLow, hoursHigh }: MeasuredOutcome,
  ranges: { count: number; covered: number },
): void {
  if (hours === null || hoursLow === null || hoursHigh === null) return;
  ranges.count += 1;
  if (hoursLow <= hours && hours <= hoursHigh) ranges.covered += 1;
}

import { rising, shareAt, valueAt } from './isotonic.js';
import { centredRanks, correlation } from './ranks.js';
import { OutcomeDistribution } from './outcome-distribution.js';
import type { TrainingPace } from './training-pace.js';

/** A past task: the score that a model gave it without having seen it, and what it took. */
export interface ScoredOutcome {
  readonly score: number;
  readonly value: number;
  /** More for recent ones. */
  readonly weight: number;
}

/** What tasks took, by their place in the order of scores. Plain data: curves of evenly spaced points. */
export interface OutcomeCurves {
  /** Score at each place, rising. */
  readonly scores: Float64Array;
  readonly middle: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Share of outcomes within half of the middle value of it. */
  readonly hits: Float64Array;
}

const POINTS = 51;
/** Standard deviation of the window around a place, as a share of all past tasks. */
const WINDOW = 0.09;
/** Weight of all outcomes beside those in the window; in a short history it is more. */
const SHRINKAGE = 0.15;
const SHRINKAGE_TASKS = 10;
const COVERAGE = 0.78;
const BLOCKS = 5;
/** Correlation of scores with outcomes, both by rank, from which on scores are relied on in full; none at 0. */
const FULL_SKILL = 0.15;
/** Share of the outcomes between the middle and either end of a range, from the narrowest to the widest. */
const REACHES = Array.from({ length: 40 }, (_, step) => 0.1 + step * 0.01);

/**
 * Learns medians and ranges from outcomes in the order of time. How far a range reaches is chosen on blocks of time
 * whose outcomes the curves haven't seen (split conformal prediction), so that it holds four outcomes of five.
 */
export async function fitOutcomeCurves(
  outcomes: readonly ScoredOutcome[],
  pace: TrainingPace,
): Promise<OutcomeCurves> {
  const windows = await distributionsByPlace(outcomes, pace);
  const reach = await chooseReach(outcomes, pace);
  const middle = rising(Float64Array.from(windows.at, (window) => window.median()));
  return {
    scores: windows.scores,
    middle,
    ...rangeCurves(windows.at, reach),
    hits: Float64Array.from(windows.at, (window, place) => {
      const value = middle[place] ?? 0;
      return window.shareWithin(value / 2, value * 1.5);
    }),
  };
}

interface Windows {
  readonly scores: Float64Array;
  readonly at: readonly OutcomeDistribution[];
}

async function distributionsByPlace(
  outcomes: readonly ScoredOutcome[],
  pace: TrainingPace,
): Promise<Windows> {
  const scores = scoreCurve(outcomes);
  const sorted = [...outcomes].sort((a, b) => a.value - b.value);
  const values = Float64Array.from(sorted, ({ value }) => value);
  const places = Float64Array.from(sorted, ({ score }) => shareAt(scores, score));
  const shrinkage = chooseShrinkage(outcomes.length, correlation(places, centredRanks(values)));
  const total = sorted.reduce((sum, { weight }) => sum + weight, 0);
  const at: OutcomeDistribution[] = [];
  for (let point = 0; point < POINTS; point++) {
    const near = sorted.map(
      ({ weight }, index) => weight * bell(((places[index] ?? 0) - point / (POINTS - 1)) / WINDOW),
    );
    const nearTotal = near.reduce((sum, weight) => sum + weight, 0);
    const weights = Float64Array.from(
      near,
      (weight, index) =>
        ((1 - shrinkage) * weight) / nearTotal + (shrinkage * (sorted[index]?.weight ?? 0)) / total,
    );
    at.push(OutcomeDistribution.of(values, weights));
    await pace.breathe();
  }
  return { scores, at };
}

/** Share of the weight that all outcomes get, be they near a place or not. */
function chooseShrinkage(count: number, skill: number): number {
  const trust = Math.min(1, Math.max(0, skill / FULL_SKILL));
  const scarce = SHRINKAGE_TASKS / (SHRINKAGE_TASKS + 2.5 * WINDOW * count);
  return 1 - (1 - SHRINKAGE) * (1 - scarce) * trust;
}

function scoreCurve(outcomes: readonly ScoredOutcome[]): Float64Array {
  const sorted = Float64Array.from(outcomes, ({ score }) => score).sort();
  return Float64Array.from({ length: 2 * POINTS - 1 }, (_, point) =>
    valueAt(sorted, point / (2 * POINTS - 2)),
  );
}

function bell(distance: number): number {
  return Math.exp((-distance * distance) / 2);
}

function rangeCurves(windows: readonly OutcomeDistribution[], reach: number) {
  return {
    low: rising(Float64Array.from(windows, (window) => window.quantile(0.5 - reach))),
    high: rising(Float64Array.from(windows, (window) => window.quantile(0.5 + reach))),
  };
}

/** The reach whose ranges come nearest to the wanted coverage on outcomes that weren't used for them. */
async function chooseReach(outcomes: readonly ScoredOutcome[], pace: TrainingPace): Promise<number> {
  const covered = new Float64Array(REACHES.length);
  for (let block = 0; block < BLOCKS; block++) {
    const [from, to] = [block, block + 1].map((end) => Math.floor((end * outcomes.length) / BLOCKS));
    const held = outcomes.slice(from, to);
    const { scores, at } = await distributionsByPlace(
      [...outcomes.slice(0, from), ...outcomes.slice(to)],
      pace,
    );
    for (const [index, reach] of REACHES.entries()) {
      const { low, high } = rangeCurves(at, reach);
      for (const { score, value, weight } of held) {
        const place = shareAt(scores, score);
        const isCovered = valueAt(low, place) <= value && value <= valueAt(high, place);
        covered[index] = (covered[index] ?? 0) + (isCovered ? weight : 0);
      }
      await pace.breathe();
    }
  }
  const total = outcomes.reduce((sum, { weight }) => sum + weight, 0);
  const distances = [...covered].map((weight) => Math.abs(weight / total - COVERAGE));
  return REACHES[distances.indexOf(Math.min(...distances))] ?? 0.4;
}

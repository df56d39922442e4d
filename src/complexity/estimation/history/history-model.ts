import { HeuristicEstimator } from '../heuristic-estimator.js';
import type { HistoryPrediction, SimilarTask, Task } from '../task.js';
import { valueAt, shareAt } from './isotonic.js';
import type { OutcomeCurves } from './outcome-curves.js';
import type { LinearModel } from './ridge.js';
import { blendScores, heuristicScore, linearScore, neighbourScore, type ScoreScaling } from './scores.js';
import { findNeighbours, type SimilarityIndex } from './similarity-index.js';
import { countTerms } from './task-terms.js';
import { vectorize, type Vocabulary } from './vocabulary.js';

/** Everything that a model of a project's history consists of: plain data that `structuredClone` can copy. */
export interface HistoryModelData {
  readonly vocabulary: Vocabulary;
  readonly linear: LinearModel;
  readonly index: SimilarityIndex;
  /** By row of the index. */
  readonly ids: readonly string[];
  /** What each past task took, in any unit. */
  readonly values: Float64Array;
  /** Its place among all outcomes, -0.5..0.5: what the scores are learnt from. */
  readonly ranks: Float64Array;
  readonly scaling: ScoreScaling;
  readonly curves: OutcomeCurves;
  /** Of all values. */
  readonly range: Range;
  /** Added from the lowest to the highest score, half of it below: keeps the order of tasks with one median. */
  readonly slope: number;
}

export interface Range {
  readonly least: number;
  readonly most: number;
}

export const NEIGHBOURS = 20;
const SIMILAR_SHOWN = 5;

/** Predicts one figure of a task from those of a project's past tasks. */
export class HistoryModel {
  constructor(
    readonly data: HistoryModelData,
    private readonly heuristic = new HeuristicEstimator(),
  ) {}

  get size(): number {
    return this.data.ids.length;
  }

  predict(task: Task): HistoryPrediction {
    const { vocabulary, linear, index, ranks, scaling, curves, values, range } = this.data;
    const vector = vectorize(countTerms(task), vocabulary);
    const neighbours = findNeighbours(index, vector, NEIGHBOURS);
    const scores = {
      linear: linearScore(linear, vector),
      neighbours: neighbourScore(neighbours, ranks),
      heuristic: heuristicScore(this.heuristic, task),
    };
    const score = blendScores(scores, scaling);
    const place = shareAt(curves.scores, score);
    const value = clamp(valueAt(curves.middle, place) + this.data.slope * Math.tanh(score / 3), range);
    return {
      value,
      // Averages of equal numbers can come out a little beyond them.
      low: Math.min(value, clamp(valueAt(curves.low, place), range)),
      high: Math.max(value, clamp(valueAt(curves.high, place), range)),
      confidence: clamp(valueAt(curves.hits, place), { least: 0, most: 1 }),
      similar: neighbours.slice(0, SIMILAR_SHOWN).map(({ row, similarity }): SimilarTask => ({
        id: this.data.ids[row] ?? '',
        similarity,
        value: values[row] ?? 0,
      })),
    };
  }
}

function clamp(value: number, { least, most }: Range): number {
  return Math.min(most, Math.max(least, value));
}

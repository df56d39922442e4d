import type { HistoryPrediction, SimilarTask, Task } from '../task.js';
import { valueAt, shareAt } from './isotonic.js';
import type { OutcomeCurves } from './outcome-curves.js';
import type { LinearModel } from './ridge.js';
import { findNeighbours, type Neighbour, type SimilarityIndex } from './similarity-index.js';
import { countTerms } from './task-terms.js';
import { vectorize, type SparseVector, type Vocabulary } from './vocabulary.js';

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

/** Mean and spread of both scores on tasks that they weren't learnt from. */
export interface ScoreScaling {
  readonly linear: Moments;
  readonly neighbours: Moments;
}

export interface Moments {
  readonly mean: number;
  /** Standard deviation, above 0. */
  readonly spread: number;
}

export const NEIGHBOURS = 20;
const NEIGHBOURS_WEIGHT = 0.5;
const SIMILAR_SHOWN = 5;

/** Predicts one figure of a task from those of a project's past tasks. */
export class HistoryModel {
  constructor(readonly data: HistoryModelData) {}

  get size(): number {
    return this.data.ids.length;
  }

  predict(task: Task): HistoryPrediction {
    const { vocabulary, linear, index, ranks, scaling, curves, values, range } = this.data;
    const vector = vectorize(countTerms(task), vocabulary);
    const neighbours = findNeighbours(index, vector, NEIGHBOURS);
    const score = blendScores(linearScore(linear, vector), neighbourScore(neighbours, ranks), scaling);
    const place = shareAt(curves.scores, score);
    const value = clamp(valueAt(curves.middle, place) + this.data.slope * Math.tanh(score / 3), range);
    return {
      value,
      low: Math.min(value, valueAt(curves.low, place)),
      high: Math.max(value, valueAt(curves.high, place)),
      confidence: valueAt(curves.hits, place),
      similar: neighbours.slice(0, SIMILAR_SHOWN).map(({ row, similarity }): SimilarTask => ({
        id: this.data.ids[row] ?? '',
        similarity,
        value: values[row] ?? 0,
      })),
    };
  }
}

export function linearScore({ mean, coefficients }: LinearModel, { columns, weights }: SparseVector): number {
  return columns.reduce((sum, column, at) => sum + (coefficients[column] ?? 0) * (weights[at] ?? 0), mean);
}

/** Mean rank of the nearest tasks, each weighing as the square of its similarity; 0 is the middle. */
export function neighbourScore(neighbours: readonly Neighbour[], ranks: Float64Array): number {
  let sum = 0;
  let total = 0.001;
  for (const { row, similarity } of neighbours) {
    sum += similarity * similarity * (ranks[row] ?? 0);
    total += similarity * similarity;
  }
  return sum / total;
}

/** One score of two, in standard deviations. */
export function blendScores(linear: number, neighbours: number, scaling: ScoreScaling): number {
  return (
    standardize(linear, scaling.linear) + NEIGHBOURS_WEIGHT * standardize(neighbours, scaling.neighbours)
  );
}

function standardize(value: number, { mean, spread }: Moments): number {
  return (value - mean) / spread;
}

function clamp(value: number, { least, most }: Range): number {
  return Math.min(most, Math.max(least, value));
}

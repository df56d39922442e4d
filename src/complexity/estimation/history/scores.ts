import type { HeuristicEstimator } from '../heuristic-estimator.js';
import type { Task } from '../task.js';
import type { LinearModel } from './ridge.js';
import type { Neighbour } from './similarity-index.js';
import type { SparseVector } from './vocabulary.js';

/** How big a task looks in three ways, each on a scale of its own. */
export interface Scores {
  /** By regression on its terms. */
  readonly linear: number;
  /** By the past tasks that resemble it. */
  readonly neighbours: number;
  /** By the words and structure that make tasks big anywhere: what a short history can't tell. */
  readonly heuristic: number;
}

/** Mean and spread of each score on tasks that it wasn't learnt from. */
export type ScoreScaling = Readonly<Record<keyof Scores, Moments>>;

export interface Moments {
  readonly mean: number;
  /** Standard deviation, above 0. */
  readonly spread: number;
}

const WEIGHTS: Scores = { linear: 1, neighbours: 0.5, heuristic: 0.4 };
/** Least spread of a score, where all are the same. */
const SMALLEST_SPREAD = 1e-9;

/** One score of three, in standard deviations. */
export function blendScores(scores: Scores, scaling: ScoreScaling): number {
  return (Object.keys(WEIGHTS) as (keyof Scores)[])
    .map((name) => (WEIGHTS[name] * (scores[name] - scaling[name].mean)) / scaling[name].spread)
    .reduce((sum, part) => sum + part, 0);
}

export function moments(values: Float64Array): Moments {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, spread: Math.max(SMALLEST_SPREAD, Math.sqrt(variance)) };
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

/** Level by what is known of past tasks too, so that files or a milestone don't make a new one look bigger. */
export function heuristicScore(heuristic: HeuristicEstimator, task: Task): number {
  return heuristic.estimate({ ...task, milestone: null, projectContext: '', relatedFiles: [] }).level;
}

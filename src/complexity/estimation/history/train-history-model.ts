import { HeuristicEstimator } from '../heuristic-estimator.js';
import type { Example } from '../task.js';
import { HistoryModel, NEIGHBOURS } from './history-model.js';
import { fitOutcomeCurves } from './outcome-curves.js';
import { centredRanks } from './ranks.js';
import { fitRidge } from './ridge.js';
import { blendScores, heuristicScore, moments, neighbourScore, type Scores } from './scores.js';
import { buildSimilarityIndex, findNeighbours, type SimilarityIndex } from './similarity-index.js';
import { rowOf, rowTimes, SparseMatrixBuilder, type SparseMatrix } from './sparse-matrix.js';
import { countTerms } from './task-terms.js';
import { timeBlocks } from './time-blocks.js';
import { TrainingPace } from './training-pace.js';
import { vectorize, VocabularyBuilder, type Vocabulary } from './vocabulary.js';

/** Fewer say too little. */
export const FEWEST_EXAMPLES = 20;
/** Older ones are left out: bounds time and memory. */
export const MOST_EXAMPLES = 10_000;

const PENALTY = 5;
const BLOCKS = 5;
/** The weight of an outcome halves over this share of the history. */
const HALF_LIFE = 0.75;
/** As a share of the mean distance of outcomes from their median. */
const SLOPE = 0.001;

/**
 * Learns from a project's past tasks what the figure of a task will be.
 *
 * Shares the event loop; takes seconds for 10,000 examples. The same examples give the same model.
 *
 * @param examples in the order of time, the latest last; values are finite
 * @throws RangeError for fewer than `FEWEST_EXAMPLES`
 * @throws the signal's reason when it fires
 */
export async function trainHistoryModel(
  examples: readonly Example[],
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<HistoryModel> {
  if (examples.length < FEWEST_EXAMPLES) {
    throw new RangeError(`A model needs ${FEWEST_EXAMPLES} past tasks or more, not ${examples.length}.`);
  }
  const pace = new TrainingPace(signal);
  const recent = examples.slice(-MOST_EXAMPLES);
  const values = Float64Array.from(recent, ({ value }) => value);
  const ranks = centredRanks(values);
  const vocabulary = await learnVocabulary(recent, pace);
  const matrix = await buildMatrix(recent, vocabulary, pace);
  const index = await buildSimilarityIndex(matrix, pace);
  const heuristic = new HeuristicEstimator();
  const unseen = {
    ...(await scoreUnseen(matrix, index, ranks, pace)),
    heuristic: await scoreHeuristically(recent, heuristic, pace),
  };
  const scaling = {
    linear: moments(unseen.linear),
    neighbours: moments(unseen.neighbours),
    heuristic: moments(unseen.heuristic),
  };
  const outcomes = recent.map(({ value }, row) => ({
    score: blendScores(scoresOf(unseen, row), scaling),
    value,
    weight: 0.5 ** ((recent.length - 1 - row) / (HALF_LIFE * recent.length)),
  }));
  const data = {
    vocabulary,
    linear: await fitRidge(matrix, [...ranks.keys()], ranks, PENALTY, pace),
    index,
    ids: recent.map(({ past }) => past.id),
    values,
    ranks,
    scaling,
    curves: await fitOutcomeCurves(outcomes, pace),
    range: rangeOf(values),
    slope: SLOPE * meanDistanceFromMedian(values),
  };
  return new HistoryModel(data, heuristic);
}

async function learnVocabulary(examples: readonly Example[], pace: TrainingPace): Promise<Vocabulary> {
  const builder = new VocabularyBuilder();
  for (const { past } of examples) {
    builder.add(countTerms(past.task).keys());
    await pace.breathe();
  }
  return builder.build(pace);
}

async function buildMatrix(
  examples: readonly Example[],
  vocabulary: Vocabulary,
  pace: TrainingPace,
): Promise<SparseMatrix> {
  const builder = new SparseMatrixBuilder();
  for (const { past } of examples) {
    builder.add(vectorize(countTerms(past.task), vocabulary));
    await pace.breathe();
  }
  return builder.build(vocabulary.rarity.length);
}

/** Both scores of every task by models that haven't seen the block of time around it. */
async function scoreUnseen(
  matrix: SparseMatrix,
  index: SimilarityIndex,
  ranks: Float64Array,
  pace: TrainingPace,
): Promise<{ linear: Float64Array; neighbours: Float64Array }> {
  const linear = new Float64Array(matrix.rows);
  const neighbours = new Float64Array(matrix.rows);
  for (const { held, rest, isHeld } of timeBlocks(matrix.rows, BLOCKS)) {
    const model = await fitRidge(matrix, rest, ranks, PENALTY, pace);
    for (const row of held) {
      linear[row] = model.mean + rowTimes(matrix, row, model.coefficients);
      const near = findNeighbours(index, rowOf(matrix, row), NEIGHBOURS, (other) => !isHeld(other));
      neighbours[row] = neighbourScore(near, ranks);
      await pace.breathe();
    }
  }
  return { linear, neighbours };
}

async function scoreHeuristically(
  examples: readonly Example[],
  heuristic: HeuristicEstimator,
  pace: TrainingPace,
): Promise<Float64Array> {
  const scores = new Float64Array(examples.length);
  for (const [row, { past }] of examples.entries()) {
    scores[row] = heuristicScore(heuristic, past.task);
    await pace.breathe();
  }
  return scores;
}

function scoresOf(unseen: Readonly<Record<keyof Scores, Float64Array>>, row: number): Scores {
  return {
    linear: unseen.linear[row] ?? 0,
    neighbours: unseen.neighbours[row] ?? 0,
    heuristic: unseen.heuristic[row] ?? 0,
  };
}

function rangeOf(values: Float64Array): { least: number; most: number } {
  const sorted = values.slice().sort();
  return { least: sorted[0] ?? 0, most: sorted.at(-1) ?? 0 };
}

function meanDistanceFromMedian(values: Float64Array): number {
  const sorted = values.slice().sort();
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return values.reduce((sum, value) => sum + Math.abs(value - median), 0) / values.length;
}

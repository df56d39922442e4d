import { rowOf, type SparseMatrix } from './sparse-matrix.js';
import type { TrainingPace } from './training-pace.js';
import type { SparseVector } from './vocabulary.js';

/** For each column, the rows that have it with their weights. Plain data. */
export interface SimilarityIndex {
  readonly rows: number;
  /** Entries of column `c` lie from `starts[c]` to `starts[c + 1]`. */
  readonly starts: Int32Array;
  readonly members: Int32Array;
  readonly weights: Float32Array;
}

export interface Neighbour {
  readonly row: number;
  /** Cosine, 0..1. */
  readonly similarity: number;
}

/** Terms of a task that its neighbours are looked up by: the heaviest, so a common word costs nothing. */
const TERMS_COMPARED = 40;

/** Keeps the heaviest terms of each row. */
export async function buildSimilarityIndex(
  matrix: SparseMatrix,
  pace: TrainingPace,
): Promise<SimilarityIndex> {
  const kept: SparseVector[] = [];
  const starts = new Int32Array(matrix.width + 1);
  for (let row = 0; row < matrix.rows; row++) {
    const vector = heaviest(rowOf(matrix, row));
    for (const column of vector.columns) starts[column + 1] = (starts[column + 1] ?? 0) + 1;
    kept.push(vector);
    await pace.breathe();
  }
  for (let column = 0; column < matrix.width; column++) {
    starts[column + 1] = (starts[column + 1] ?? 0) + (starts[column] ?? 0);
  }
  const next = starts.slice();
  const members = new Int32Array(starts[matrix.width] ?? 0);
  const weights = new Float32Array(members.length);
  for (const [row, vector] of kept.entries()) {
    vector.columns.forEach((column, at) => {
      const place = next[column] ?? 0;
      next[column] = place + 1;
      members[place] = row;
      weights[place] = vector.weights[at] ?? 0;
    });
    await pace.breathe();
  }
  return { rows: matrix.rows, starts, members, weights };
}

/**
 * The rows nearest to a vector, best first, ties by the later row; only those that share a term.
 *
 * @param isAllowed which rows may be answered
 */
export function findNeighbours(
  index: SimilarityIndex,
  vector: SparseVector,
  count: number,
  isAllowed: (row: number) => boolean = () => true,
): Neighbour[] {
  const similarities = new Float64Array(index.rows);
  const { columns, weights } = heaviest(vector);
  const touched: number[] = [];
  columns.forEach((column, at) => {
    const weight = weights[at] ?? 0;
    const end = index.starts[column + 1] ?? 0;
    for (let place = index.starts[column] ?? 0; place < end; place++) {
      const row = index.members[place] ?? 0;
      if (similarities[row] === 0) touched.push(row);
      similarities[row] = (similarities[row] ?? 0) + weight * (index.weights[place] ?? 0);
    }
  });
  return best(touched, similarities, count, isAllowed);
}

/** Keeps the best in a short sorted list: no sorting of all rows for a handful. */
function best(
  rows: readonly number[],
  similarities: Float64Array,
  count: number,
  isAllowed: (row: number) => boolean,
): Neighbour[] {
  const found: Neighbour[] = [];
  for (const row of rows) {
    const similarity = Math.min(1, similarities[row] ?? 0);
    const last = found[count - 1];
    if ((last !== undefined && !isBetter({ row, similarity }, last)) || !isAllowed(row)) continue;
    let place = Math.min(found.length, count - 1);
    for (; place > 0; place--) {
      const before = found[place - 1];
      if (before === undefined || !isBetter({ row, similarity }, before)) break;
      found[place] = before;
    }
    found[place] = { row, similarity };
  }
  return found;
}

function isBetter(a: Neighbour, b: Neighbour): boolean {
  return a.similarity > b.similarity || (a.similarity === b.similarity && a.row > b.row);
}

function heaviest(vector: SparseVector): SparseVector {
  if (vector.columns.length <= TERMS_COMPARED) return vector;
  const order = [...vector.weights.keys()]
    .sort((a, b) => (vector.weights[b] ?? 0) - (vector.weights[a] ?? 0) || a - b)
    .slice(0, TERMS_COMPARED);
  return {
    columns: Int32Array.from(order, (at) => vector.columns[at] ?? 0),
    weights: Float64Array.from(order, (at) => vector.weights[at] ?? 0),
  };
}

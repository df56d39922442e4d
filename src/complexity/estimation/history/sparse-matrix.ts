import type { SparseVector } from './vocabulary.js';

/** Rows one after the other; row `r` holds the entries from `starts[r]` to `starts[r + 1]`. Plain data. */
export interface SparseMatrix {
  readonly rows: number;
  readonly width: number;
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly weights: Float32Array;
}

/** Appends rows in arrays that grow by doubling. */
export class SparseMatrixBuilder {
  private readonly starts = [0];
  private columns = new Int32Array(1024);
  private weights = new Float32Array(1024);
  private used = 0;

  add(vector: SparseVector): void {
    const end = this.used + vector.columns.length;
    if (end > this.columns.length) this.grow(Math.max(end, 2 * this.columns.length));
    this.columns.set(vector.columns, this.used);
    this.weights.set(vector.weights, this.used);
    this.used = end;
    this.starts.push(end);
  }

  build(width: number): SparseMatrix {
    return {
      rows: this.starts.length - 1,
      width,
      starts: Int32Array.from(this.starts),
      columns: this.columns.slice(0, this.used),
      weights: this.weights.slice(0, this.used),
    };
  }

  private grow(size: number): void {
    const columns = new Int32Array(size);
    const weights = new Float32Array(size);
    columns.set(this.columns);
    weights.set(this.weights);
    this.columns = columns;
    this.weights = weights;
  }
}

export function rowOf(matrix: SparseMatrix, row: number): SparseVector {
  const start = matrix.starts[row] ?? 0;
  const end = matrix.starts[row + 1] ?? 0;
  return {
    columns: matrix.columns.subarray(start, end),
    weights: Float64Array.from(matrix.weights.subarray(start, end)),
  };
}

/** Row · dense vector. */
export function rowTimes(matrix: SparseMatrix, row: number, dense: Float64Array): number {
  const end = matrix.starts[row + 1] ?? 0;
  let sum = 0;
  for (let at = matrix.starts[row] ?? 0; at < end; at++) {
    sum += (matrix.weights[at] ?? 0) * (dense[matrix.columns[at] ?? 0] ?? 0);
  }
  return sum;
}

/** Adds `factor` times a row to a dense vector. */
export function addRow(matrix: SparseMatrix, row: number, factor: number, dense: Float64Array): void {
  const end = matrix.starts[row + 1] ?? 0;
  for (let at = matrix.starts[row] ?? 0; at < end; at++) {
    const column = matrix.columns[at] ?? 0;
    dense[column] = (dense[column] ?? 0) + factor * (matrix.weights[at] ?? 0);
  }
}

import type { TrainingPace } from './training-pace.js';
import { addRow, rowTimes, type SparseMatrix } from './sparse-matrix.js';

/** A linear model: `mean + row · coefficients`. */
export interface LinearModel {
  readonly mean: number;
  readonly coefficients: Float64Array;
}

const MOST_STEPS = 60;
const PRECISION = 1e-6;
const ROWS_BETWEEN_BREATHS = 512;

/**
 * Ridge regression with a mean that isn't penalised, by conjugate gradients: only products with the sparse matrix
 * are taken, so memory stays linear in the text.
 *
 * @param rows those to learn from
 */
export async function fitRidge(
  matrix: SparseMatrix,
  rows: readonly number[],
  target: Float64Array,
  penalty: number,
  pace: TrainingPace,
): Promise<LinearModel> {
  const mean = rows.reduce((sum, row) => sum + (target[row] ?? 0), 0) / Math.max(1, rows.length);
  const coefficients = new Float64Array(matrix.width);
  const residual = new Float64Array(matrix.width);
  for (const row of rows) addRow(matrix, row, (target[row] ?? 0) - mean, residual);
  const direction = residual.slice();
  let error = squaredLength(residual);
  const goodEnough = error * PRECISION * PRECISION;
  for (let step = 0; step < MOST_STEPS && error > goodEnough; step++) {
    const image = await normalProduct(matrix, rows, direction, penalty, pace);
    const length = error / dot(direction, image);
    addScaled(coefficients, length, direction);
    addScaled(residual, -length, image);
    const before = error;
    error = squaredLength(residual);
    rescale(direction, error / before, residual);
  }
  return { mean, coefficients };
}

/** `(XᵀX + penalty) · dense`. */
async function normalProduct(
  matrix: SparseMatrix,
  rows: readonly number[],
  dense: Float64Array,
  penalty: number,
  pace: TrainingPace,
): Promise<Float64Array> {
  const product = dense.map((value) => penalty * value);
  for (const [index, row] of rows.entries()) {
    addRow(matrix, row, rowTimes(matrix, row, dense), product);
    if (index % ROWS_BETWEEN_BREATHS === 0) await pace.breathe();
  }
  return product;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}

function squaredLength(a: Float64Array): number {
  return dot(a, a);
}

function addScaled(target: Float64Array, factor: number, added: Float64Array): void {
  for (let at = 0; at < target.length; at++) target[at] = (target[at] ?? 0) + factor * (added[at] ?? 0);
}

/** `target = factor · target + added`. */
function rescale(target: Float64Array, factor: number, added: Float64Array): void {
  for (let at = 0; at < target.length; at++) target[at] = factor * (target[at] ?? 0) + (added[at] ?? 0);
}

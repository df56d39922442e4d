import { fitRidge } from './ridge.js';
import { SparseMatrixBuilder } from './sparse-matrix.js';
import { TrainingPace } from './training-pace.js';

function matrixOf(rows: number[][]) {
  const builder = new SparseMatrixBuilder();
  for (const row of rows) {
    builder.add({ columns: Int32Array.from(row.keys()), weights: Float64Array.from(row) });
  }
  return builder.build(rows[0]?.length ?? 0);
}

describe('fitRidge', () => {
  it('solves the normal equations', async () => {
    // Centred target (-1, 0, 1); (XᵀX + 1) b = Xᵀy with X = (1 0 / 0 1 / 1 1) gives (3 1 / 1 3) b = (0, 1).
    const matrix = matrixOf([
      [1, 0],
      [0, 1],
      [1, 1],
    ]);
    const { mean, coefficients } = await fitRidge(
      matrix,
      [0, 1, 2],
      Float64Array.of(1, 2, 3),
      1,
      new TrainingPace(),
    );
    expect(mean).toBe(2);
    expect(coefficients[0]).toBeCloseTo(-1 / 8, 6);
    expect(coefficients[1]).toBeCloseTo(3 / 8, 6);
  });

  it('learns nothing from a constant', async () => {
    const model = await fitRidge(matrixOf([[1], [2]]), [0, 1], Float64Array.of(4, 4), 1, new TrainingPace());
    expect([model.mean, ...model.coefficients]).toEqual([4, 0]);
  });

  it('stops when its signal fires', async () => {
    const pace = new TrainingPace(AbortSignal.abort(new Error('stop')));
    await expect(fitRidge(matrixOf([[1], [2]]), [0, 1], Float64Array.of(1, 4), 1, pace)).rejects.toThrow(
      'stop',
    );
  });
});

import { cosineSimilarity } from './vector-math.js';

describe('cosineSimilarity', () => {
  it.each([
    [[1, 0], [2, 0], 1],
    [[1, 0], [0, 3], 0],
    [[1, 1], [-1, -1], -1],
    [[0, 0], [1, 1], 0],
    [[3, 4], [4, 3], 0.96],
  ])('of %j and %j is %d', (a, b, expected) => {
    expect(cosineSimilarity(Float32Array.from(a), Float32Array.from(b))).toBeCloseTo(expected, 6);
  });
});

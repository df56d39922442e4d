import fc from 'fast-check';
import { levelOfPoints } from './levels-of-points.js';

const sorted = (points: readonly number[]) => Float64Array.from(points).sort();

describe('the level of story points', () => {
  it('follows the order of the project’s own tasks', () => {
    const fibonacci = sorted([1, 1, 2, 2, 2, 3, 3, 3, 3, 5, 5, 5, 5, 8, 8, 8, 8, 13, 13, 21]);
    expect([1, 2, 3, 5, 8, 21].map((points) => Math.round(levelOfPoints(points, fibonacci)))).toEqual([
      1, 2, 2, 3, 4, 5,
    ]);
    expect(levelOfPoints(0, fibonacci)).toBe(0.5);
    expect(levelOfPoints(100, fibonacci)).toBe(5.5);
  });

  it('is the middle where all tasks have the same points', () => {
    expect(Math.round(levelOfPoints(3, sorted(Array(30).fill(3))))).toBe(3);
  });

  it('never falls when the points grow', () => {
    const points = fc.double({ min: 0, max: 100, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(points, { minLength: 1, maxLength: 50 }),
        points,
        points,
        (history, one, other) => {
          const [low, high] = [Math.min(one, other), Math.max(one, other)];
          const level = levelOfPoints(low, sorted(history));
          expect(level).toBeGreaterThanOrEqual(0.5);
          expect(levelOfPoints(high, sorted(history))).toBeGreaterThanOrEqual(level);
          expect(levelOfPoints(high, sorted(history))).toBeLessThanOrEqual(5.5);
        },
      ),
    );
  });
});

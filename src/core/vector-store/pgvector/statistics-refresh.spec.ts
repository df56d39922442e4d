import { needsNewStatistics } from './statistics-refresh.js';

describe('needsNewStatistics', () => {
  it.each([
    [0, 999, false],
    [0, 1000, true],
    [999, 1001, true],
    [1000, 1999, false],
    [1999, 2000, true],
    [2000, 3999, false],
    [3000, 9000, true],
    [9000, 3000, false],
    [0, 0, false],
  ])('from %i to %i rows: %s', (before, after, expected) => {
    expect(needsNewStatistics(before, after)).toBe(expected);
  });
});

import { hasOutgrown } from './statistics-refresh.js';

describe('hasOutgrown', () => {
  it.each([
    [0, 0, false],
    [0, 999, false],
    [0, 1000, true],
    [1000, 1999, false],
    [1000, 2000, true],
    [3000, 9000, true],
    [9000, 3000, false],
  ])('%i rows known of %i: %s', (known, rows, expected) => {
    expect(hasOutgrown(known, rows)).toBe(expected);
  });
});

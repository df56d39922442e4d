import fc from 'fast-check';
import {
  exactLevelOfHours,
  hoursOfLevel,
  levelOfHours,
  MAX_HOURS,
  MIN_HOURS,
  SCALE,
  scaleLevel,
} from './scale.js';

describe('the scale', () => {
  it('has five steps that follow each other without a gap', () => {
    expect(SCALE.map(({ level }) => level)).toEqual([1, 2, 3, 4, 5]);
    for (const [index, step] of SCALE.entries()) {
      expect(step.hoursMax).toBe(SCALE[index + 1]?.hoursMin ?? MAX_HOURS);
    }
    expect(SCALE[0].hoursMin).toBe(MIN_HOURS);
  });

  it.each([
    [0.1, 1],
    [1, 1],
    [1.01, 2],
    [4, 2],
    [8, 3],
    [24, 4],
    [24.5, 5],
    [5000, 5],
  ])('takes %d hours for level %d', (hours, level) => {
    expect(levelOfHours(hours)).toBe(level);
  });

  it.each([
    [-3, 'Trivial'],
    [1.4, 'Trivial'],
    [2.5, 'Moderate'],
    [9, 'Epic'],
  ])('rounds level %d to %s', (level, name) => {
    expect(scaleLevel(level).name).toBe(name);
  });

  it('turns levels into hours and back', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.5, max: 5.5, noNaN: true }), (level) => {
        expect(exactLevelOfHours(hoursOfLevel(level))).toBeCloseTo(level, 9);
      }),
    );
    expect([1, 2, 3, 4, 5].map((level) => Math.round(hoursOfLevel(level) * 10) / 10)).toEqual([
      0.5, 2, 5.7, 13.9, 43.8,
    ]);
    expect([exactLevelOfHours(0), exactLevelOfHours(1e9)]).toEqual([0.5, 5.5]);
  });

  it('has more hours the higher the level', () => {
    const level = fc.double({ min: -1, max: 7, noNaN: true });
    fc.assert(
      fc.property(level, level, (one, other) => {
        expect(hoursOfLevel(Math.max(one, other))).toBeGreaterThanOrEqual(hoursOfLevel(Math.min(one, other)));
      }),
    );
  });
});

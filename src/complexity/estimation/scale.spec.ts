import { levelOfHours, MAX_HOURS, MIN_HOURS, SCALE, scaleLevel } from './scale.js';

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
});

import { adjustment } from './adjustment.js';

describe('the adjustment of points', () => {
  it.each([
    [1, 5, 1.25, 25, 'Harder than estimated by 4 levels: 25 % more points.'],
    [2, 4, 1.25, 25, 'Harder than estimated by 2 levels: 25 % more points.'],
    [2, 3, 1.15, 15, 'Harder than estimated by 1 level: 15 % more points.'],
    [4, 4, 1.1, 10, 'The estimate was right: 10 % more points.'],
    [4, 3, 1, 0, 'Easier than estimated by 1 level: the points stay as they are.'],
    [4, 2, 0.9, -10, 'Easier than estimated by 2 levels: 10 % fewer points.'],
    [5, 1, 0.9, -10, 'Easier than estimated by 4 levels: 10 % fewer points.'],
  ])('of level %d that turned out as %d', (estimated, actual, multiplier, bonusPercent, reason) => {
    expect(adjustment(estimated, actual)).toEqual({ multiplier, bonusPercent, reason });
  });
});

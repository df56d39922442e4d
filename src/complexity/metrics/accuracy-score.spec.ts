import type { EarlierEstimate } from '../history/outcome.js';
import { accuracyScore } from './accuracy-score.js';

const estimate = (level: number | null, hours: number | null): EarlierEstimate => ({
  level,
  hours,
  hoursLow: null,
  hoursHigh: null,
  storyPoints: null,
});

describe('the score of an estimate', () => {
  it.each([
    ['right in all', estimate(3, 6), { level: 3, hours: 6 }, 100],
    ['right in the level, hours unknown', estimate(3, null), { level: 3, hours: 6 }, 100],
    ['a level off', estimate(2, 4), { level: 3, hours: null }, 75],
    ['the whole scale off', estimate(1, null), { level: 5, hours: null }, 0],
    ['half of the hours', estimate(3, 4), { level: 3, hours: 8 }, 75],
    ['twice the hours', estimate(3, 8), { level: 3, hours: 4 }, 75],
    ['not there', null, { level: 3, hours: 4 }, null],
  ])('that was %s', (_, given, actual, score) => {
    expect(accuracyScore(given, actual)).toBe(score);
  });
});

import fc from 'fast-check';
import { type DeliveryMetrics, levelOfMetrics } from './delivery-metrics.js';

const none: DeliveryMetrics = {
  linesAdded: 0,
  linesRemoved: 0,
  filesChanged: 0,
  commits: 0,
  timeToMergeHours: 0,
  reviewComments: 0,
};

const amount = fc.nat({ max: 1_000_000 });
const anyMetrics = fc.record({
  linesAdded: amount,
  linesRemoved: amount,
  filesChanged: amount,
  commits: amount,
  timeToMergeHours: amount,
  reviewComments: amount,
});

describe('the level of a change', () => {
  it.each([
    ['a typo', { linesAdded: 1, linesRemoved: 1, filesChanged: 1, commits: 1 }, 1],
    ['a small fix with a test', { linesAdded: 45, linesRemoved: 10, filesChanged: 3, commits: 2 }, 2],
    [
      'an endpoint',
      {
        linesAdded: 170,
        linesRemoved: 30,
        filesChanged: 6,
        commits: 4,
        reviewComments: 5,
        timeToMergeHours: 24,
      },
      3,
    ],
    [
      'a module',
      {
        linesAdded: 700,
        linesRemoved: 150,
        filesChanged: 18,
        commits: 9,
        reviewComments: 15,
        timeToMergeHours: 60,
      },
      4,
    ],
    [
      'a subsystem',
      {
        linesAdded: 6000,
        linesRemoved: 900,
        filesChanged: 90,
        commits: 45,
        reviewComments: 60,
        timeToMergeHours: 300,
      },
      5,
    ],
    ['nothing', {}, 1],
  ])('is right for %s', (_, metrics, level) => {
    expect(Math.round(levelOfMetrics({ ...none, ...metrics }))).toBe(level);
  });

  it('stays within 1 and 5 and never falls when a metric grows', () => {
    fc.assert(
      fc.property(anyMetrics, fc.constantFrom(...Object.keys(none)), amount, (metrics, name, more) => {
        const level = levelOfMetrics(metrics);
        const grown = { ...metrics, [name]: metrics[name as keyof DeliveryMetrics] + more };
        expect(level).toBeGreaterThanOrEqual(1);
        expect(levelOfMetrics(grown)).toBeGreaterThanOrEqual(level);
        expect(levelOfMetrics(grown)).toBeLessThanOrEqual(5);
      }),
    );
  });

  it('is not decided by generated lines alone', () => {
    const generated = { ...none, linesAdded: 1_000_000, filesChanged: 1, commits: 1 };
    expect(levelOfMetrics(generated)).toBeLessThan(4.5);
  });
});

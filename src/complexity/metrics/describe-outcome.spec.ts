import { describeOutcome } from './describe-outcome.js';

const metrics = {
  linesAdded: 1200,
  linesRemoved: 30,
  filesChanged: 1,
  commits: 4,
  timeToMergeHours: 1,
  reviewComments: 5,
};
const estimate = { level: 2, hours: 3.25, hoursLow: null, hoursHigh: null, storyPoints: null };

describe('what is said of an outcome', () => {
  it('names the figures and the estimate', () => {
    expect(describeOutcome(metrics, estimate, { level: 3, hours: null })).toBe(
      '1,230 lines in 1 file and 4 commits look like Moderate work. ' +
        'Its review took 5 comments, and it was merged after 1 hour. ' +
        'The estimate, Simple (3.3 hours), was 1 level too low.',
    );
  });

  it('lets hours have the last word', () => {
    const none = { ...metrics, reviewComments: 0, timeToMergeHours: 0 };
    expect(describeOutcome(none, { ...estimate, level: 5, hours: null }, { level: 5, hours: 40 })).toBe(
      '1,230 lines in 1 file and 4 commits look like Moderate work. ' +
        '40 hours of work make it Epic, whatever the change looks like. ' +
        'The estimate, Epic, was right about the level.',
    );
  });

  it('says when there was no estimate', () => {
    expect(describeOutcome(metrics, null, { level: 3, hours: null })).toMatch(/There is no estimate/u);
  });
});

import fc from 'fast-check';
import { measureAccuracy, type MeasuredOutcome } from './measure-accuracy.js';

const nothing: MeasuredOutcome = {
  level: null,
  hours: null,
  estimatedLevel: null,
  estimatedHours: null,
  hoursLow: null,
  hoursHigh: null,
};

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value);
const amount = fc.integer({ min: 1, max: 100 });
const level = fc.integer({ min: 1, max: 5 });
const outcome: fc.Arbitrary<MeasuredOutcome> = fc.record({
  level: maybe(level),
  hours: maybe(amount),
  estimatedLevel: maybe(level),
  estimatedHours: maybe(amount),
  hoursLow: maybe(amount),
  hoursHigh: maybe(amount),
});

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.floor(sorted.length / 2)]!) / 2;
}

function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 1e6) / 1e6 + 0;
}

describe('the accuracy of estimates', () => {
  it('is unknown where nothing was estimated', async () => {
    const { count, estimates, baselines } = await measureAccuracy([{ ...nothing, hours: 3, level: 2 }]);
    expect(count).toBe(0);
    expect(estimates.hours.meanAbsoluteError).toBeNull();
    expect(baselines.mean.levels.withinOneShare).toBeNull();
  });

  it('counts the ranges that held the truth', async () => {
    const estimated = { ...nothing, estimatedHours: 4, hoursLow: 2, hoursHigh: 6 };
    const outcomes = [2, 6, 6.1, 1.9].map((hours) => ({ ...estimated, hours }));
    expect((await measureAccuracy(outcomes)).ranges).toEqual({ count: 4, covered: 2 });
  });

  it('agrees with a recount, baselines included, which see earlier outcomes only', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(outcome, { maxLength: 30 }), async (outcomes) => {
        const { estimates, baselines } = await measureAccuracy(outcomes);
        const errors = outcomes.flatMap(({ hours, estimatedHours }) =>
          hours === null || estimatedHours === null ? [] : [estimatedHours - hours],
        );
        const medianErrors = outcomes.flatMap(({ hours, estimatedHours }, index) => {
          const earlier = outcomes.slice(0, index).flatMap((one) => one.hours ?? []);
          if (hours === null || estimatedHours === null || earlier.length === 0) return [];
          return [Math.abs(medianOf(earlier) - hours)];
        });
        expect(rounded(estimates.hours.bias)).toBe(rounded(meanOf(errors)));
        expect(rounded(estimates.hours.meanAbsoluteError)).toBe(rounded(meanOf(errors.map(Math.abs))));
        expect(rounded(baselines.median.hours.meanAbsoluteError)).toBe(rounded(meanOf(medianErrors)));
        expect(baselines.median.hours.count).toBe(medianErrors.length);
      }),
    );
  });
});

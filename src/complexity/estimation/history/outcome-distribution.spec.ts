import { OutcomeDistribution } from './outcome-distribution.js';

const of = (values: number[], weights = values.map(() => 1)) =>
  OutcomeDistribution.of(Float64Array.from(values), Float64Array.from(weights));

describe('OutcomeDistribution', () => {
  it('has a median by weight', () => {
    expect(of([1, 2, 9]).median()).toBe(2);
    expect(of([1, 2, 9], [1, 1, 3]).median()).toBe(9);
    expect(of([1, 1, 1, 5]).median()).toBe(1);
  });

  it('has quantiles between values, and none beyond them', () => {
    const uniform = of([0, 1, 2, 3]);
    expect(uniform.quantile(0.5)).toBeCloseTo(1.5);
    expect(uniform.quantile(0.25)).toBeCloseTo(0.5);
    expect(uniform.quantile(0.01)).toBe(0);
    expect(uniform.quantile(0.99)).toBe(3);
    expect(of([4]).quantile(0.3)).toBe(4);
  });

  it('measures what lies within bounds', () => {
    const four = of([1, 2, 2, 5]);
    expect(four.shareWithin(2, 5)).toBeCloseTo(0.75);
    expect(four.shareWithin(0, 1)).toBeCloseTo(0.25);
    expect(four.shareWithin(3, 4)).toBe(0);
  });
});

import { costOf } from './embedding-cost.js';

describe('costOf', () => {
  it('multiplies tokens by the price of a million', () => {
    expect(costOf({ pricePerMillionTokens: 0.02 }, 1_500_000)).toBeCloseTo(0.03, 12);
    expect(costOf({ pricePerMillionTokens: 0 }, 500)).toBe(0);
  });

  it('does not guess', () => {
    expect(costOf({ pricePerMillionTokens: null }, 500)).toBeNull();
  });
});

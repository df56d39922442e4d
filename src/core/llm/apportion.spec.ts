import fc from 'fast-check';
import { apportion } from './apportion.js';

describe('apportion', () => {
  it('divides in proportion, with the remainder going to the largest remainders', () => {
    expect(apportion(10, [1, 1, 1])).toEqual([4, 3, 3]);
    expect(apportion(7, [10, 20, 40])).toEqual([1, 2, 4]);
    expect(apportion(0, [3, 5])).toEqual([0, 0]);
  });

  it('gives equal shares where all weights are zero', () => {
    expect(apportion(4, [0, 0])).toEqual([2, 2]);
  });

  it('has parts that add up to the total, each within one of its exact share', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 300_000 }),
        fc.array(fc.nat({ max: 30_000 }), { minLength: 1, maxLength: 60 }),
        (total, weights) => {
          const parts = apportion(total, weights);
          const sum = weights.reduce((left, right) => left + right, 0);

          expect(parts.reduce((left, right) => left + right, 0)).toBe(total);
          for (const [index, part] of parts.entries()) {
            const share = sum === 0 ? total / weights.length : (total * weights[index]!) / sum;
            expect(Math.abs(part - share)).toBeLessThan(1 + 1e-6);
          }
        },
      ),
    );
  });
});

import fc from 'fast-check';
import { rising, shareAt, valueAt } from './isotonic.js';

const curve = fc
  .array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 2, maxLength: 60 })
  .map((values) => Float64Array.from(values));

describe('rising', () => {
  it('pools neighbours that fall', () => {
    expect([...rising(Float64Array.of(1, 3, 2, 4))]).toEqual([1, 2.5, 2.5, 4]);
    expect([...rising(Float64Array.of(3, 2, 1))]).toEqual([2, 2, 2]);
  });

  it('never falls, and keeps what rises already', () => {
    fc.assert(
      fc.property(curve, (values) => {
        const risen = rising(values);
        expect([...risen]).toEqual([...risen].sort((a, b) => a - b));
        expect([...rising(values.slice().sort())]).toEqual([...values.slice().sort()]);
      }),
    );
  });
});

describe('shareAt', () => {
  it('is the inverse of valueAt', () => {
    const line = Float64Array.of(0, 10, 30);
    expect(valueAt(line, 0.25)).toBe(5);
    expect(shareAt(line, 5)).toBe(0.25);
    expect(shareAt(line, -1)).toBe(0);
    expect(shareAt(line, 31)).toBe(1);
  });

  it('is the middle of a level stretch', () => {
    expect(shareAt(Float64Array.of(0, 7, 7, 7, 9), 7)).toBe(0.5);
    expect(shareAt(Float64Array.of(7, 7, 7), 7)).toBe(0.5);
  });

  it('stays within 0..1 and rises', () => {
    const value = fc.double({ min: -2e3, max: 2e3, noNaN: true });
    fc.assert(
      fc.property(curve, value, value, (values, a, b) => {
        const sorted = values.slice().sort();
        const [low, high] = [Math.min(a, b), Math.max(a, b)].map((one) => shareAt(sorted, one));
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(high).toBeGreaterThanOrEqual(low!);
      }),
    );
  });
});

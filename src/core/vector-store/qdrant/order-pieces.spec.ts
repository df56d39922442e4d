import fc from 'fast-check';
import { isWhole, orderPieces } from './order-pieces.js';

function compare(left: readonly number[], right: readonly number[]): number {
  const length = Math.max(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const difference = (left[index] ?? -1) - (right[index] ?? -1);
    if (difference !== 0) return Math.sign(difference);
  }
  return 0;
}

describe('orderPieces', () => {
  it('are in the order of the numbers', () => {
    const number = fc.double({ noNaN: true });
    fc.assert(
      fc.property(number, number, (left, right) => {
        expect(compare(orderPieces(left), orderPieces(right))).toBe(Math.sign(left - right) || 0);
      }),
    );
    expect(orderPieces(-0)).toEqual(orderPieces(0));
    expect(compare(orderPieces(-5e-324), orderPieces(5e-324))).toBe(-1);
  });

  it('are in the order of the code points of texts', () => {
    const text = fc.string({ unit: 'binary', maxLength: 20 }).map((value) => value.replaceAll('\0', ''));
    fc.assert(
      fc.property(text, text, (left, right) => {
        const order = Math.sign(Buffer.compare(Buffer.from(left), Buffer.from(right)));
        expect(compare(orderPieces(left), orderPieces(right))).toBe(order);
      }),
    );
  });

  it('are bounded, and say so', () => {
    expect(orderPieces('x'.repeat(5000))).toHaveLength(16);
    expect([isWhole('x'.repeat(95)), isWhole('x'.repeat(96))]).toEqual([true, false]);
  });
});

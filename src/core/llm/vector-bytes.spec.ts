import fc from 'fast-check';
import { decodeVector, encodeVector } from './vector-bytes.js';

describe('vector bytes', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(fc.float32Array({ minLength: 1, maxLength: 40 }), (vector) => {
        expect(decodeVector(encodeVector(vector))).toEqual(vector);
      }),
    );
  });

  it('are those of the part that a vector shows of its memory', () => {
    const part = new Float32Array([1, 2, 3, 4]).subarray(1, 3);

    expect(decodeVector(encodeVector(part))).toEqual(new Float32Array([2, 3]));
  });

  it('are little-endian floats', () => {
    expect(encodeVector(new Float32Array([1]))).toBe(Buffer.from([0, 0, 0x80, 0x3f]).toString('base64'));
  });

  it.each(['', 'AAA=', '***'])('are not found in %j', (base64) => {
    expect(decodeVector(base64)).toBeNull();
  });
});

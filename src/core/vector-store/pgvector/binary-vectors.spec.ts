import { encodeVector, encodeVectorArray, parseVector } from './binary-vectors.js';

describe('binary vectors', () => {
  it('is laid out as pgvector reads it', () => {
    expect(encodeVector(Float32Array.of(1, -2.5)).toString('hex')).toBe('00020000' + '3f800000' + 'c0200000');
  });

  it('is laid out as PostgreSQL reads an array', () => {
    const encoded = encodeVectorArray([Float32Array.of(1), Float32Array.of(2)], 16_400);
    expect(encoded.toString('hex')).toBe(
      '00000001' +
        '00000000' +
        '00004010' +
        '00000002' +
        '00000001' +
        ('00000008' + '00010000' + '3f800000') +
        ('00000008' + '00010000' + '40000000'),
    );
  });

  it('takes a part of a larger memory, at any offset', () => {
    const part = Float32Array.from({ length: 300 }, (_, index) => index / 7).subarray(3, 203);
    const encoded = encodeVectorArray([part, part], 1);
    const start = 20 + 2 * 4 + 4 + 4 * part.length + 4;
    expect(encoded.readFloatBE(start)).toBe(part[0]);
    expect(encoded.readFloatBE(start + 4 * 199)).toBe(part[199]);
  });

  it('reads the text form, bit for bit', () => {
    const vector = Float32Array.of(0.1, 1e-30, -3.4028235e38, 0);
    expect(parseVector(`[${[...vector].join(',')}]`)).toEqual(vector);
  });
});

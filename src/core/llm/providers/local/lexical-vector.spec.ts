import fc from 'fast-check';
import { DEFAULT_LEXICAL_DIMENSIONS, lexicalVector } from './lexical-vector.js';

const visibleText = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 200 })
  .filter((text) => text.trim() !== '');
const dimensions = fc.integer({ min: 64, max: 384 });

function dot(left: Float32Array, right: Float32Array): number {
  return left.reduce((sum, value, index) => sum + value * right[index]!, 0);
}

function similarity(left: string, right: string): number {
  return dot(lexicalVector(left), lexicalVector(right));
}

describe('lexicalVector', () => {
  it('has 384 dimensions unless told', () => {
    expect(DEFAULT_LEXICAL_DIMENSIONS).toBe(384);
    expect(lexicalVector('wing')).toHaveLength(384);
  });

  it('has length 1 for any visible text and any size', () => {
    fc.assert(
      fc.property(visibleText, dimensions, (text, size) => {
        const vector = lexicalVector(text, size);
        expect(vector).toHaveLength(size);
        expect(dot(vector, vector)).toBeCloseTo(1, 5);
      }),
    );
  });

  it('gives the same vector for the same text', () => {
    fc.assert(
      fc.property(visibleText, dimensions, (text, size) => {
        expect(lexicalVector(text, size)).toEqual(lexicalVector(text, size));
      }),
    );
  });

  it('does not change between versions or machines', () => {
    const vector = lexicalVector('Boundary layers, boundary conditions and what follows', 64);
    expect(Array.from(vector.subarray(0, 8), (value) => value.toFixed(6))).toEqual([
      '0.221226',
      '-0.239132',
      '0.000000',
      '0.000000',
      '-0.136403',
      '0.084823',
      '0.000000',
      '0.000000',
    ]);
  });

  it('ignores the order of words, case, accents and repetition of the whole text', () => {
    expect(similarity('supersonic wing', 'Wing, SUPERSONIC')).toBeCloseTo(1, 5);
    expect(similarity('résumé', 'resume')).toBeCloseTo(1, 5);
    expect(similarity('supersonic wing', 'supersonic wing supersonic wing')).toBeCloseTo(1, 5);
  });

  it('puts texts with common words nearer than texts without', () => {
    const question = 'heat transfer in a boundary layer';
    const near = similarity(question, 'The boundary layer and its transfer of heat were measured.');
    const far = similarity(question, 'A history of the printing press in northern Europe.');
    expect(near).toBeGreaterThan(0.7);
    expect(Math.abs(far)).toBeLessThan(0.3);
  });

  it('puts words with common parts nearer than words without', () => {
    expect(similarity('aerodynamics', 'thermodynamics')).toBeGreaterThan(
      similarity('aerodynamics', 'printing') + 0.1,
    );
    expect(similarity('polarography', 'polarographic')).toBeGreaterThan(0.4);
  });

  it('counts a content word for more than a function word', () => {
    const text = 'which wing';
    expect(similarity(text, 'wing')).toBeGreaterThan(similarity(text, 'which') + 0.3);
  });

  it.each(['', ' ', '\n\t\u00a0'])('is zero for the blank text %j', (text) => {
    expect(lexicalVector(text, 64)).toEqual(new Float32Array(64));
  });

  it.each(['to be or not to be', '!', '😀', '\ud800', '\u0301'])(
    'has a direction without any term: %j',
    (text) => {
      const vector = lexicalVector(text);
      expect(dot(vector, vector)).toBeCloseTo(1, 5);
      expect(dot(vector, lexicalVector('… and then?!'))).toBeLessThan(0.9);
    },
  );

  it('keeps its length for half a million characters', () => {
    const long = Array.from({ length: 70_000 }, (_, index) => `w${index.toString(36)}s`).join(' ');
    const vector = lexicalVector(long.slice(0, 500_000));
    expect(dot(vector, vector)).toBeCloseTo(1, 5);
  });

  it.each([0, 1, -5, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses %d dimensions', (size) => {
    expect(() => lexicalVector('wing', size)).toThrow(RangeError);
  });

  it('never cancels out, whatever the word and the size', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,6}$/), fc.integer({ min: 2, max: 6 }), (word, size) => {
        const vector = lexicalVector(word, size);
        expect(dot(vector, vector)).toBeCloseTo(1, 5);
      }),
    );
  });
});

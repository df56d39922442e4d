import fc from 'fast-check';
import { findStructuralProblem, MAX_JSON_DEPTH, MAX_JSON_VALUES } from './json-structure.js';

const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}1${']'.repeat(depth)}`);

describe('findStructuralProblem', () => {
  it.each([
    ['a NUL', { documents: [{ text: 'a\0b' }] }, ['body', 'documents', 0, 'text'], 'string_nul'],
    ['a NUL in a list', { texts: ['fine', 'a\0b'] }, ['body', 'texts', 1], 'string_nul'],
    ['a lone surrogate', { text: '\ud800' }, ['body', 'text'], 'string_unicode'],
    ['a NUL in a name', { metadata: { 'a\0': 1 } }, ['body', 'metadata'], 'string_nul'],
    [
      'a number beyond any',
      JSON.parse('{"metadata":{"a":[1e309]}}') as unknown,
      ['body', 'metadata', 'a', 0],
      'finite_number',
    ],
    ['too long a list', { texts: Array<number>(MAX_JSON_VALUES).fill(1) }, ['body'], 'too_many_values'],
    [
      'too many lists',
      Array.from({ length: 1000 }, () => Array<number>(300).fill(1)),
      ['body'],
      'too_many_values',
    ],
    [
      'too many fields',
      Object.fromEntries(Array.from({ length: MAX_JSON_VALUES }, (_, index) => [`f${index}`, 1])),
      ['body'],
      'too_many_values',
    ],
    ['__proto__', JSON.parse('{"a":{"__proto__":{}}}') as unknown, ['body', 'a'], 'forbidden_name'],
  ])('finds %s', (_, body, loc, type) => {
    expect(findStructuralProblem(body, 'body')).toMatchObject({ loc, type });
  });

  it('accepts any other JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8, stringUnit: 'grapheme' }), (value) => {
        const text = JSON.stringify(value);
        fc.pre(!/\\u0000|__proto__/u.test(text));
        expect(findStructuralProblem(value, 'body')).toBeNull();
      }),
    );
  });

  it('draws the line at the depth, and survives nesting that would overflow a stack', () => {
    expect(findStructuralProblem(nested(MAX_JSON_DEPTH), 'body')).toBeNull();
    for (const depth of [MAX_JSON_DEPTH + 1, 100_000]) {
      expect(findStructuralProblem(nested(depth), 'body')).toMatchObject({ type: 'too_deep' });
    }
  });
});

import fc from 'fast-check';
import { findStructuralProblem } from './json-structure.js';

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
});

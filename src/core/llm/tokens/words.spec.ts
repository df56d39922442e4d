import fc from 'fast-check';
import { countWords, WORD_UNIT } from './words.js';

describe('countWords', () => {
  it.each([
    ['', 0],
    [' \n\t ', 0],
    ['word', 1],
    ['Hello, world!', 2],
    ['well-known  facts', 2],
    ['naïve Žižek Привет', 3],
    ['漢字仮名', 4],
    ['こんにちは world', 6],
    ['สวัสดี', 6],
    ['안녕하세요 세계', 2],
    ['…', 1],
    ['x'.repeat(64), 1],
    ['x'.repeat(65), 2],
  ])('counts %j as %i', (text, count) => {
    expect(countWords(text)).toBe(count);
  });

  it('never counts more than the upper bound', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(countWords(text)).toBeLessThanOrEqual(WORD_UNIT.upperBound(text));
      }),
    );
  });
});

import { readWords } from './words.js';

describe('readWords', () => {
  it('gives the words with what lies around them', () => {
    expect([...readWords(' one two\r\nthree\n\t\nfour ')]).toEqual([
      { text: 'one', start: 1, gapStart: 0, lineBreaksBefore: 1, endsLine: false },
      { text: 'two', start: 5, gapStart: 4, lineBreaksBefore: 0, endsLine: true },
      { text: 'three', start: 10, gapStart: 8, lineBreaksBefore: 1, endsLine: true },
      { text: 'four', start: 18, gapStart: 15, lineBreaksBefore: 2, endsLine: false },
    ]);
  });

  it.each([
    ['a\r\nb', 1],
    ['a\rb', 1],
    ['a\r\rb', 2],
    ['a\r\n\r\nb', 2],
    ['a \n \n \n b', 2],
    ['a\u2028b', 1],
    ['a\n\fb', 2],
    ['a\u00a0\tb', 0],
  ])('counts the line breaks in %j', (text, lineBreaks) => {
    expect([...readWords(text)].map((word) => word.lineBreaksBefore)).toEqual([1, lineBreaks]);
  });

  it('finds no word in white space', () => {
    expect([...readWords('')]).toEqual([]);
    expect([...readWords(' \r\n\t\u3000\ufeff')]).toEqual([]);
  });
});

import { measureText } from './measure-text.js';

describe('measureText', () => {
  it.each([
    ['One two, three.', 3, 15],
    ['  spaced   out  ', 2, 16],
    ['🎉 party', 2, 7],
    ['漢字', 2, 2],
    ['...', 1, 3],
    [' ', 0, 1],
  ])('counts %j', (text, words, characters) => {
    expect(measureText(text)).toEqual({ word_count: words, character_count: characters });
  });

  it('counts a long text', () => {
    const text = 'word '.repeat(40_000);
    expect(measureText(text)).toEqual({ word_count: 40_000, character_count: 200_000 });
  });
});

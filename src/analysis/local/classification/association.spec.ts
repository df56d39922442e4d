import { association, type WeighedWord, weighWord } from './association.js';
import { readContentWords } from './content-words.js';
import { WordVectors } from './word-vectors/word-vectors.js';

describe('association', () => {
  let vectors: WordVectors;
  beforeAll(async () => {
    vectors = await WordVectors.open();
  });

  const word = (text: string): WeighedWord => weighWord(readContentWords(text)[0]!, vectors);

  it('is above chance for related words, and not for others', () => {
    expect(association(word('football'), word('sports'))).toBeGreaterThan(5);
    expect(association(word('football'), word('interest'))).toBeLessThan(2);
  });

  it('is highest for the same stem, and symmetric', () => {
    expect(association(word('cards'), word('card'))).toBeGreaterThan(
      association(word('cards'), word('ticket')),
    );
    expect(association(word('dog'), word('cat'))).toBeCloseTo(association(word('cat'), word('dog')), 6);
  });

  it('is chance for unknown words unless they are the same', () => {
    expect(association(word('Wetterbericht'), word('Nachrichtensendung'))).toBe(1);
    expect(association(word('Wetterbericht'), word('Wetterbericht'))).toBeGreaterThan(50);
    expect(association(word('Wetterbericht'), word('card'))).toBe(1);
  });
});

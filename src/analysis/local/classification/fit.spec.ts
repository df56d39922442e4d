import fc from 'fast-check';
import { type WeighedWord } from './association.js';
import { WordFit } from './fit.js';

const words: readonly WeighedWord[] = ['card', 'arrival', 'refund', 'pin', 'fee'].map((stem) => ({
  stem,
  weight: 1,
  known: undefined,
}));
const place = fc.integer({ min: 0, max: words.length - 1 });
const places = fc.uniqueArray(place, { maxLength: words.length });

function prepared(mostExpanded: number): WordFit {
  const fit = new WordFit(words, mostExpanded);
  words.forEach((_, word) => {
    fit.prepare(word);
  });
  return fit;
}

describe('WordFit', () => {
  it.each([0, 2, 5])('prefers the name whose words the text has, with %i words expanded', (mostExpanded) => {
    const fit = prepared(mostExpanded);
    const [full, half, none] = [
      [0, 1],
      [0, 2],
      [2, 3],
    ].map((name) => fit.between([0, 1], name));
    expect(full!.score).toBeGreaterThan(half!.score + 1);
    expect(half!.score).toBeGreaterThan(none!.score + 1);
    expect([full!.coverage, half!.coverage, none!.coverage]).toEqual([1, 0.5, 0]);
  });

  it('finds nothing where there are no words', () => {
    expect(prepared(5).between([], [1])).toEqual({ score: 0, coverage: 0 });
    expect(prepared(5).between([1], [])).toEqual({ score: 0, coverage: 0 });
  });

  it('is finite, with a share of the name, for any words', () => {
    const fit = prepared(3);
    fc.assert(
      fc.property(places, places, (text, name) => {
        const { score, coverage } = fit.between(text, name);
        expect(score).toBeGreaterThan(-10);
        expect(score).toBeLessThan(100);
        expect(coverage).toBeGreaterThanOrEqual(0);
        expect(coverage).toBeLessThanOrEqual(1);
      }),
    );
  });
});

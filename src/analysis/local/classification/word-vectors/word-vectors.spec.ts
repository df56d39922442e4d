import { WordVectors } from './word-vectors.js';

describe('WordVectors', () => {
  let vectors: WordVectors;
  beforeAll(async () => {
    vectors = await WordVectors.open();
  });

  const cosine = (left: string, right: string): number => {
    const other = vectors.find(right)!.vector;
    return vectors.find(left)!.vector.reduce((sum, value, index) => sum + value * other[index]!, 0);
  };

  it.each([
    ['football', 'sport', 'finance'],
    ['bank', 'money', 'giraffe'],
    ['physics', 'science', 'cheese'],
  ])('puts %s nearer to %s than to %s', (left, near, far) => {
    expect(cosine(left, near)).toBeGreaterThan(cosine(left, far) + 0.1);
  });

  it('has unit vectors', () => {
    for (const word of ['the', 'card', 'zoology']) expect(cosine(word, word)).toBeCloseTo(1, 5);
  });

  it('weighs frequent words less', () => {
    const weight = (word: string): number => vectors.find(word)!.weight;
    expect(weight('the')).toBeLessThan(0.25);
    expect(weight('people')).toBeLessThan(weight('giraffe'));
    expect(weight('giraffe')).toBeGreaterThan(0.95);
  });

  it.each(['xqzt', '', ' ', 'aaaaaaaaa', '__proto__', 'constructor()', 'ß', 'the\n'])(
    'knows no %j',
    (text) => {
      expect(vectors.find(text)).toBeUndefined();
    },
  );
});

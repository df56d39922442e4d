import { readContentWords, readNameWords } from './content-words.js';
import { WordRelations } from './word-relations.js';
import { baseForms } from './wordnet/base-forms.js';
import { WordNet } from './wordnet/wordnet.js';

const word = (text: string) => readContentWords(text)[0]!;

describe('WordNet', () => {
  it('finds meanings of words in any form', async () => {
    const wordNet = await WordNet.open();
    const [sense] = wordNet.senses('phones', 1);
    expect(wordNet.meaning(sense!.id).words).toContain('telephone');
    expect(wordNet.senses('phones', 2).reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
  });

  it.each(['xqzt', '', ' ', 'aaaaaaaaa', 'zzzzzz', '__proto__', 'ß'])('knows no %j', async (text) => {
    expect((await WordNet.open()).senses(text, 2)).toEqual([]);
  });

  it.each(['a', 'abandon', 'football', 'zymurgy', 'entity', 'able', 'quickly', 'breathe'])(
    'knows %s',
    async (text) => {
      expect((await WordNet.open()).senses(text, 2)).not.toEqual([]);
    },
  );
});

describe('baseForms', () => {
  it('drops endings by the rules of a part of speech', () => {
    expect(baseForms('topped', 'verb')).toContain('topp');
    expect(baseForms('cities', 'noun')).toContain('city');
    expect(baseForms('quickly', 'adv')).toEqual(['quickly']);
  });
});

describe('WordRelations', () => {
  let relations: WordRelations;
  beforeAll(async () => {
    relations = await WordRelations.open();
  });

  it.each([
    ['football', 'sport', 'finance'],
    ['bank', 'money', 'giraffe'],
    ['physics', 'science', 'cheese'],
  ])('puts %s nearer to %s than to %s', (left, near, far) => {
    expect(relations.relatedness(word(left), word(near))).toBeGreaterThan(
      relations.relatedness(word(left), word(far)) + 0.02,
    );
  });

  it('is 1 for the same stem, and symmetric', () => {
    expect(relations.relatedness(word('cards'), word('card'))).toBe(1);
    expect(relations.relatedness(word('dog'), word('cat'))).toBeCloseTo(
      relations.relatedness(word('cat'), word('dog')),
      9,
    );
  });

  it('knows rare words from common ones', () => {
    expect(relations.rarity('zymurgi')).toBeGreaterThan(relations.rarity('person') + 2);
  });
});

describe('readNameWords', () => {
  it.each(['card_arrival', 'cardArrival', 'Card arrival', 'card-arrival'])('reads %s', (name) => {
    expect(readNameWords(name).map(({ stem }) => stem)).toEqual(['card', 'arriv']);
  });

  it('keeps a name of function words', () => {
    expect(readNameWords('other').map(({ text }) => text)).toEqual(['other']);
  });
});

import fc from 'fast-check';
import { extendedLexicon, vaderLexicon } from './lexicon.js';
import { Vader } from './vader.js';

describe('Vader', () => {
  const vader = new Vader(vaderLexicon());

  // What vaderSentiment 3.3.2 says to the examples of its own documentation and some more.
  it.each([
    ['VADER is smart, handsome, and funny.', 0.8316],
    ['VADER is smart, handsome, and funny!', 0.8439],
    ['VADER is very smart, handsome, and funny.', 0.8545],
    ['VADER is VERY SMART, handsome, and FUNNY.', 0.9227],
    ['VADER is VERY SMART, handsome, and FUNNY!!!', 0.9342],
    ['VADER is VERY SMART, uber handsome, and FRIGGIN FUNNY!!!', 0.9469],
    ['VADER is not smart, handsome, nor funny.', -0.7424],
    ['The book was good.', 0.4404],
    ["At least it isn't a horrible book.", 0.431],
    ['The book was only kind of good.', 0.3832],
    ['The plot was good, but the characters are uncompelling and the dialog is not great.', -0.7042],
    ['Today SUX!', -0.5461],
    ["Today only kinda sux! But I'll get by, lol", 0.5249],
    ['Make sure you :) or :D today!', 0.8633],
    ['Not bad at all', 0.431],
  ])('rates "%s" as the reference does', (text, compound) => {
    expect(vader.rate(text).compound).toBeCloseTo(compound, 3);
  });

  it('stays between -1 and 1 for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(Math.abs(vader.rate(text).compound)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('has no opinion on words that it does not know', () => {
    expect(vader.rate('the table stands in the kitchen')).toEqual({ compound: 0, rated: 0 });
  });
});

describe('extendedLexicon', () => {
  const lexicon = extendedLexicon();
  const original = vaderLexicon();

  it('keeps the ratings of VADER', () => {
    for (const word of ['good', 'hate', ':)', 'lol']) expect(lexicon(word)).toBe(original(word));
  });

  it('adds words of AFINN on the scale of VADER', () => {
    expect(original('atrocity')).toBeUndefined();
    expect(lexicon('atrocity')).toBeCloseTo(-3 * 0.767, 2);
  });

  it('rates inflected forms like their base', () => {
    expect(original('acclaims')).toBeUndefined();
    expect(lexicon('acclaims')).toBe(lexicon('acclaim'));
  });

  it.each(['as', 'ing', 'constructor', 'table', ''])('has no rating for %j', (word) => {
    expect(lexicon(word)).toBeUndefined();
  });
});

import fc from 'fast-check';
import { countTokens } from 'gpt-tokenizer/encoding/cl100k_base';
import { CL100K_TOKENS } from './cl100k-tokens.js';

const EXACT = { disallowedSpecial: new Set<string>() };

describe('CL100K_TOKENS', () => {
  let count: (segment: string) => number;

  beforeAll(async () => {
    count = await CL100K_TOKENS.load();
  });

  it.each([
    ['', 0],
    ['hello world', 2],
    ['tiktoken is great!', 6],
    ['antidisestablishmentarianism', 6],
    ['2 + 2 = 4', 7],
    ['お誕生日おめでとう', 9],
  ])('counts %j as OpenAI does: %i', (text, expected) => {
    expect(count(text)).toBe(expected);
  });

  it('takes a control token for the text that it is', () => {
    expect(count('<|endoftext|>')).toBeGreaterThan(1);
  });

  it('counts like the tokenizer wherever no run is very long', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 8 }), { maxLength: 30 }), (words) => {
        const text = words.join(' ');

        expect(count(text)).toBe(countTokens(text, EXACT));
      }),
    );
  });

  it.each(['a', 'ab', '漢字', ' ', '\n', '-', '😀', 'né'])('is close for a very long run of %j', (unit) => {
    const text = unit.repeat(300);
    const exact = countTokens(text, EXACT);

    expect(count(text)).toBeGreaterThanOrEqual(exact);
    expect(count(text)).toBeLessThanOrEqual(exact + 16);
  });

  it('never counts more than the upper bound', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(count(text)).toBeLessThanOrEqual(CL100K_TOKENS.upperBound(text));
      }),
    );
  });
});

import fc from 'fast-check';
import { CL100K_TOKENS } from '../../core/llm/tokens/cl100k-tokens.js';
import { TokenCounter } from '../../core/llm/tokens/token-counter.js';
import { splitText } from './split-text.js';

const counter = new TokenCounter(CL100K_TOKENS);
const signal = new AbortController().signal;
const SENTENCE = 'This sentence is one of many that make up a long text. ';

const split = (text: string, maxTokens: number) => splitText(text, { counter, maxTokens, signal });

describe('splitText', () => {
  it('leaves a text that fits alone', async () => {
    await expect(split(SENTENCE, 100)).resolves.toEqual([SENTENCE]);
    const long = SENTENCE.repeat(100);
    await expect(split(long, 1500)).resolves.toEqual([long]);
  });

  it('cuts between paragraphs where there are any', async () => {
    const text = Array.from({ length: 40 }, () => SENTENCE.repeat(10)).join('\n\n');
    const parts = await split(text, 1200);
    expect(parts.length).toBeGreaterThan(3);
    expect(parts.slice(0, -1).filter((part) => !part.endsWith('\n\n'))).toEqual([]);
  });

  it('cuts between sentences otherwise, and makes parts of about the same size', async () => {
    const parts = await split(SENTENCE.repeat(1000), 3000);
    expect(parts.slice(0, -1).filter((part) => !part.endsWith('text. '))).toEqual([]);
    const lengths = parts.map((part) => part.length);
    expect(Math.min(...lengths)).toBeGreaterThan(0.5 * Math.max(...lengths));
  });

  it('cuts a text without any break, never through a surrogate pair', async () => {
    const parts = await split('🎉'.repeat(5000), 1000);
    expect(parts.every((part) => part.isWellFormed())).toBe(true);
    expect(parts.join('')).toBe('🎉'.repeat(5000));
  });

  it('loses nothing, repeats nothing, and keeps to the limit', async () => {
    const text = fc
      .array(
        fc.oneof(
          fc.string({ unit: 'grapheme' }),
          fc.constantFrom(SENTENCE.repeat(9), '\n\n', '漢字。', '🎉'.repeat(40)),
        ),
        {
          minLength: 1,
          maxLength: 80,
        },
      )
      .map((pieces) => pieces.join(''));
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 200, max: 900 }), async (whole, maxTokens) => {
        const parts = await split(whole, maxTokens);
        expect(parts.join('')).toBe(whole);
        const counts = await counter.countMany(parts);
        // Tokens that a cut goes through are counted on both sides.
        expect(Math.max(...counts)).toBeLessThanOrEqual(maxTokens * 1.1 + 10);
      }),
      { numRuns: 60 },
    );
  });
});

import { countTokens } from 'gpt-tokenizer/encoding/cl100k_base';
import { CL100K_TOKENS } from './cl100k-tokens.js';
import { TokenCounter } from './token-counter.js';
import type { TokenUnit } from './token-unit.js';
import { WORD_UNIT } from './words.js';

/** Counts characters, and how many of them it was shown. */
class CountedCharacters implements TokenUnit {
  loads = 0;
  seen = 0;

  upperBound(text: string): number {
    return text.length;
  }

  load() {
    this.loads += 1;
    return Promise.resolve((segment: string) => {
      this.seen += segment.length;
      return segment.length;
    });
  }
}

describe('TokenCounter', () => {
  it('decides by the upper bound alone where that is enough', async () => {
    const unit = new CountedCharacters();

    await expect(new TokenCounter(unit).isOverLimit('12345', 5)).resolves.toBe(false);
    expect(unit.loads).toBe(0);
  });

  it('counts where it is not', async () => {
    const unit = new CountedCharacters();

    await expect(new TokenCounter(unit).isOverLimit('123456', 5)).resolves.toBe(true);
    expect(unit.loads).toBe(1);
  });

  it('counts no further than it has to', async () => {
    const unit = new CountedCharacters();

    await new TokenCounter(unit).isOverLimit('x'.repeat(1_000_000), 5000);

    expect(unit.seen).toBeLessThan(10_000);
  });

  it.each([
    ['a token less', 8191, false],
    ['as many', 8192, false],
    ['a token more', 8193, true],
  ])('knows %s than the limit', async (_, words, isOver) => {
    const text = `hello${' hello'.repeat(words - 1)}`;

    await expect(new TokenCounter(CL100K_TOKENS).isOverLimit(text, 8192)).resolves.toBe(isOver);
  });

  it('counts long prose exactly, though in segments', async () => {
    const prose = 'The quick brown fox, which was 7 years old, jumped over the lazy dog’s kennel.\n'.repeat(
      400,
    );

    await expect(new TokenCounter(CL100K_TOKENS).countMany([prose, 'hello world'])).resolves.toEqual([
      countTokens(prose),
      2,
    ]);
  });

  it('lets other work run while it counts a text that no tokenizer likes', async () => {
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 1);

    const [count] = await new TokenCounter(CL100K_TOKENS).countMany(['a'.repeat(1_000_000)]);
    clearInterval(timer);

    expect(count).toBe(125_000);
    expect(turns).toBeGreaterThan(2);
  });

  it('stops when the signal fires', async () => {
    const reason = new Error('client left');
    const counting = new TokenCounter(WORD_UNIT).countMany(['a b'], AbortSignal.abort(reason));

    await expect(counting).rejects.toBe(reason);
  });
});

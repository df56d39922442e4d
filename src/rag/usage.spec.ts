import { addUsage, NO_USAGE } from './usage.js';

const EMBEDDED = { prompt_tokens: 3, total_tokens: 3, cost_usd: 0.5 };
const ANSWERED = { prompt_tokens: 10, completion_tokens: 4, total_tokens: 14, cost_usd: 0.25 };

describe('addUsage', () => {
  it('adds every part', () => {
    expect(addUsage(EMBEDDED, ANSWERED)).toEqual({
      prompt_tokens: 13,
      completion_tokens: 4,
      total_tokens: 17,
      cost_usd: 0.75,
    });
    expect(addUsage(NO_USAGE, EMBEDDED)).toEqual(EMBEDDED);
  });

  it('knows no cost when either is unknown', () => {
    expect(addUsage({ ...EMBEDDED, cost_usd: null }, ANSWERED).cost_usd).toBeNull();
    expect(addUsage(EMBEDDED, { ...ANSWERED, cost_usd: null }).cost_usd).toBeNull();
  });
});

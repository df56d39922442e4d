import { NO_CHAT_USAGE, sumChatUsage, toUsageDto } from './chat-usage.js';

describe('usage of chat models', () => {
  it('adds up', () => {
    expect(
      sumChatUsage([
        { promptTokens: 10, completionTokens: 5, costUsd: 0.25 },
        { promptTokens: 1, completionTokens: 2, costUsd: 0.5 },
      ]),
    ).toEqual({ promptTokens: 11, completionTokens: 7, costUsd: 0.75 });
    expect(sumChatUsage([])).toEqual(NO_CHAT_USAGE);
  });

  it('has no cost when that of any call is unknown', () => {
    const unknown = { promptTokens: 1, completionTokens: 1, costUsd: null };
    expect(sumChatUsage([unknown, { ...unknown, costUsd: 1 }]).costUsd).toBeNull();
    expect(sumChatUsage([{ ...unknown, costUsd: 1 }, unknown]).costUsd).toBeNull();
  });

  it('is shown with its total', () => {
    expect(toUsageDto({ promptTokens: 3, completionTokens: 4, costUsd: null })).toEqual({
      prompt_tokens: 3,
      completion_tokens: 4,
      total_tokens: 7,
      cost_usd: null,
    });
  });
});

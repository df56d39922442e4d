import type { UsageDto } from '../../common/http/usage.dto.js';
import type { ChatUsage } from './chat-model.js';

export const NO_CHAT_USAGE: ChatUsage = { promptTokens: 0, completionTokens: 0, costUsd: 0 };

/** What several calls consumed together. The cost is unknown when that of any is. */
export function sumChatUsage(usages: readonly ChatUsage[]): ChatUsage {
  return usages.reduce(
    (sum, usage) => ({
      promptTokens: sum.promptTokens + usage.promptTokens,
      completionTokens: sum.completionTokens + usage.completionTokens,
      costUsd: sum.costUsd === null || usage.costUsd === null ? null : sum.costUsd + usage.costUsd,
    }),
    NO_CHAT_USAGE,
  );
}

/** The same as responses have it. */
export function toUsageDto({ promptTokens, completionTokens, costUsd }: ChatUsage): UsageDto {
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
    cost_usd: costUsd,
  };
}

import type { UsageDto } from '../common/http/usage.dto.js';

export const NO_USAGE: UsageDto = { prompt_tokens: 0, total_tokens: 0, cost_usd: 0 };

/** Both together; of unknown cost when either is. */
export function addUsage(one: UsageDto, other: UsageDto): UsageDto {
  const hasCompletion = one.completion_tokens !== undefined || other.completion_tokens !== undefined;
  return {
    prompt_tokens: one.prompt_tokens + other.prompt_tokens,
    ...(hasCompletion && {
      completion_tokens: (one.completion_tokens ?? 0) + (other.completion_tokens ?? 0),
    }),
    total_tokens: one.total_tokens + other.total_tokens,
    cost_usd: one.cost_usd === null || other.cost_usd === null ? null : one.cost_usd + other.cost_usd,
  };
}

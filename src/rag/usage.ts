import type { UsageDto } from '../common/http/usage.dto.js';

export const NO_USAGE: UsageDto = { prompt_tokens: 0, total_tokens: 0, cost_usd: 0 };

/** Both together; of unknown cost when either is. */
export function addUsage(one: UsageDto, other: UsageDto): UsageDto {
  return {
    prompt_tokens: one.prompt_tokens + other.prompt_tokens,
    total_tokens: one.total_tokens + other.total_tokens,
    cost_usd: one.cost_usd === null || other.cost_usd === null ? null : one.cost_usd + other.cost_usd,
  };
}

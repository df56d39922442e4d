import { UnavailableError } from '../../common/errors/unavailable.error.js';
import { BudgetStore, type Spending } from './budget-store.js';
import type { SharedCounts } from './shared-counts.js';

/** Until nothing of the day can be under way any more. */
const KEPT_SECONDS = 48 * 3600;

const RESERVE = `
local tokens = tonumber(redis.call('HGET', KEYS[1], 'tokens') or 0)
local micro_usd = tonumber(redis.call('HGET', KEYS[1], 'micro_usd') or 0)
if tokens >= tonumber(ARGV[3]) or micro_usd >= tonumber(ARGV[4]) then return 0 end
redis.call('HINCRBY', KEYS[1], 'tokens', ARGV[1])
redis.call('HINCRBY', KEYS[1], 'micro_usd', ARGV[2])
redis.call('EXPIRE', KEYS[1], ARGV[5])
return 1
`;

const CORRECT = `
redis.call('HINCRBY', KEYS[1], 'tokens', ARGV[1])
redis.call('HINCRBY', KEYS[1], 'micro_usd', ARGV[2])
redis.call('EXPIRE', KEYS[1], ARGV[3])
return 1
`;

/** Accounts that replicas share. While Redis is away nobody can say what is spent, and so nothing more may be. */
export class RedisBudgetStore extends BudgetStore {
  constructor(private readonly shared: SharedCounts) {
    super();
  }

  override async reserve(account: string, amount: Spending, limit: Spending): Promise<boolean> {
    const answer = await this.shared.attempt((client) =>
      client.eval(RESERVE, {
        keys: [keyOf(account)],
        arguments: [
          amount.tokens,
          amount.microUsd,
          number(limit.tokens),
          number(limit.microUsd),
          KEPT_SECONDS,
        ].map(String),
      }),
    );
    if (answer === undefined) {
      throw new UnavailableError(
        'Redis is away, and without it budgets of models can not be checked; try again later.',
      );
    }
    return answer === 1;
  }

  override async correct(account: string, { tokens, microUsd }: Spending): Promise<void> {
    await this.shared.attempt((client) =>
      client.eval(CORRECT, {
        keys: [keyOf(account)],
        arguments: [tokens, microUsd, KEPT_SECONDS].map(String),
      }),
    );
  }
}

function keyOf(account: string): string {
  return `ml-service:budget:${account}`;
}

/** Lua's name for no limit. */
function number(limit: number): string {
  return Number.isFinite(limit) ? String(limit) : 'inf';
}

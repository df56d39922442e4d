import type { RatePolicy } from '../../config/settings/limits.settings.js';
import { RateStore, type RateVerdict } from './rate-store.js';
import type { SharedCounts } from './shared-counts.js';

/** The same as `MemoryRateStore` does, by the clock of Redis. */
const TAKE = `
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local interval = tonumber(ARGV[1])
local full_at = math.max(tonumber(redis.call('GET', KEYS[1]) or now), now)
local next_full_at = full_at + interval
local wait = next_full_at - ARGV[2] * interval - now
if wait > 0.001 then return { 0, tostring(wait), tostring(full_at - now) } end
redis.call('SET', KEYS[1], string.format('%.3f', next_full_at), 'PX', math.ceil(next_full_at - now))
return { 1, '0', tostring(next_full_at - now) }
`;

type Answer = [isAllowed: number, waitMs: string, fullAfterMs: string];

/** Buckets that replicas share. While Redis is away, each replica goes by its own. */
export class RedisRateStore extends RateStore {
  constructor(
    private readonly shared: SharedCounts,
    private readonly own: RateStore,
  ) {
    super();
  }

  override async take(key: string, policy: RatePolicy): Promise<RateVerdict> {
    const answer = await this.shared.attempt((client) =>
      client.eval(TAKE, {
        keys: [`ml-service:rate:${key}`],
        arguments: [String(policy.intervalMs), String(policy.burst)],
      }),
    );
    if (answer === undefined) return this.own.take(key, policy);
    const [isAllowed, waitMs, fullAfterMs] = answer as Answer;
    return { isAllowed: isAllowed === 1, waitMs: Number(waitMs), fullAfterMs: Number(fullAfterMs) };
  }
}

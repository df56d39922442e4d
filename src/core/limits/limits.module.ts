import { Module } from '@nestjs/common';
import { AppConfig } from '../../config/app-config.js';
import { BudgetStore } from './budget-store.js';
import { Budgets } from './budgets.js';
import { MemoryBudgetStore } from './memory-budget-store.js';
import { MemoryRateStore } from './memory-rate-store.js';
import { RateLimits } from './rate-limits.js';
import { RateStore } from './rate-store.js';
import { RedisBudgetStore } from './redis-budget-store.js';
import { RedisRateStore } from './redis-rate-store.js';
import type { SharedCounts } from './shared-counts.js';

const SHARED_COUNTS = Symbol('shared counts');

/** What callers may take: counted in Redis where `REDIS_URL` names one, otherwise inside the process. */
@Module({
  providers: [
    {
      provide: SHARED_COUNTS,
      inject: [AppConfig],
      useFactory: async ({ cache, limits }: AppConfig): Promise<SharedCounts | null> => {
        if (cache.redisUrl === null || (limits.rate === null && limits.budget === null)) return null;
        // Its packages take a tenth of a second to load, which a start without Redis can do without.
        const { SharedCounts } = await import('./shared-counts.js');
        return new SharedCounts(cache.redisUrl, cache.timeoutMs);
      },
    },
    {
      provide: RateStore,
      inject: [SHARED_COUNTS],
      useFactory: (shared: SharedCounts | null): RateStore =>
        shared === null ? new MemoryRateStore() : new RedisRateStore(shared, new MemoryRateStore()),
    },
    {
      provide: BudgetStore,
      inject: [SHARED_COUNTS],
      useFactory: (shared: SharedCounts | null): BudgetStore =>
        shared === null ? new MemoryBudgetStore() : new RedisBudgetStore(shared),
    },
    Budgets,
    RateLimits,
  ],
  exports: [Budgets, RateLimits],
})
export class LimitsModule {}

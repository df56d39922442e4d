import { Injectable } from '@nestjs/common';
import { CacheService } from '../core/cache/cache.service.js';
import { Database } from '../core/database/database.js';
import { type ProviderState, ProviderStates } from '../core/llm/provider-states.js';
import { Metrics } from '../common/metrics/metrics.js';

/** What the service leans on: its cache, the providers of its models, its database connections. */
@Injectable()
export class DependencyMetrics {
  constructor(metrics: Metrics, cache: CacheService, providers: ProviderStates, database: Database) {
    metrics.observe(
      {
        name: 'dependency_up',
        help: 'Whether an optional dependency is up (1), degraded (0.5) or down (0).',
        labels: ['dependency'],
      },
      () =>
        Object.entries<ProviderState>({ cache: cache.state, ...providers.all() })
          .filter(([, state]) => state !== 'not_configured')
          .map(([dependency, state]) => ({ labels: { dependency }, value: VALUES[state] })),
    );
    metrics.observeTotals(
      { name: 'cache_lookups_total', help: 'Keys that were looked up in the cache.', labels: ['result'] },
      () => [
        { labels: { result: 'hit' }, value: cache.lookups.hits },
        { labels: { result: 'miss' }, value: cache.lookups.misses },
      ],
    );
    metrics.observe(
      { name: 'database_connections', help: 'Connections of the pool to the database.', labels: ['state'] },
      () => Object.entries(database.connections()).map(([state, value]) => ({ labels: { state }, value })),
    );
  }
}

const VALUES = { up: 1, degraded: 0.5, down: 0, not_configured: 0 } as const;

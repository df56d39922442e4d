import { ConnectionUrlSetting, IntegerSetting, TextSetting } from '../setting.decorators.js';
import { Secret } from '../secret.js';

/** Where data lives. */
export class DatabaseSettings {
  @ConnectionUrlSetting({
    group: 'Database',
    schemes: ['postgres', 'postgresql'],
    fallback: 'PostgreSQL inside the process, stored under `DATA_DIR`',
    description: 'PostgreSQL 15 or newer with the pgvector extension (0.8 or newer).',
  })
  DATABASE_URL?: string;

  @TextSetting({
    group: 'Database',
    default: './data',
    description: 'Folder of the embedded database. Only one process may use it at a time.',
  })
  DATA_DIR = './data';

  @IntegerSetting({
    group: 'Database',
    default: 10,
    min: 1,
    max: 200,
    unit: 'connections',
    description: 'Size of the connection pool to `DATABASE_URL`. The embedded database always uses one.',
  })
  DATABASE_POOL_SIZE = 10;

  @IntegerSetting({
    group: 'Database',
    default: 30_000,
    min: 100,
    max: 600_000,
    unit: 'ms',
    description: 'Longest time a single statement may run on `DATABASE_URL`.',
  })
  DATABASE_STATEMENT_TIMEOUT_MS = 30_000;

  @IntegerSetting({
    group: 'Database',
    default: 10_000,
    min: 100,
    max: 120_000,
    unit: 'ms',
    description: 'Longest time a request waits for a database connection before it is answered with 503.',
  })
  DATABASE_ACQUIRE_TIMEOUT_MS = 10_000;
}

export type DatabaseConfig = {
  readonly acquireTimeoutMs: number;
} & (
  | { readonly kind: 'embedded'; readonly directory: string }
  | {
      readonly kind: 'external';
      readonly url: Secret;
      readonly poolSize: number;
      readonly statementTimeoutMs: number;
    }
);

export function databaseConfig(settings: DatabaseSettings): DatabaseConfig {
  const acquireTimeoutMs = settings.DATABASE_ACQUIRE_TIMEOUT_MS;
  if (settings.DATABASE_URL === undefined) {
    return { kind: 'embedded', directory: settings.DATA_DIR, acquireTimeoutMs };
  }
  return {
    kind: 'external',
    url: new Secret(settings.DATABASE_URL),
    poolSize: settings.DATABASE_POOL_SIZE,
    statementTimeoutMs: settings.DATABASE_STATEMENT_TIMEOUT_MS,
    acquireTimeoutMs,
  };
}

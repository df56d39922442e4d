import { DataSource, type DataSourceOptions } from 'typeorm';
import type { DatabaseConfig } from '../../config/settings/database.settings.js';
import { unreachableReason } from './database-errors.js';
import type { EmbeddedPostgres } from './embedded/embedded-postgres.js';
import { startEmbeddedPostgres } from './embedded/start-embedded-postgres.js';
import { migrate } from './migrate.js';
import { MIGRATIONS } from './migrations/index.js';

type EmbeddedConfig = Extract<DatabaseConfig, { kind: 'embedded' }>;
type ExternalConfig = Extract<DatabaseConfig, { kind: 'external' }>;
type PostgresOptions = Extract<DataSourceOptions, { type: 'postgres' }>;

/** The part of `pg`'s client that a pool's `onConnect` hook needs. */
interface PoolClient {
  query(statement: string): Promise<unknown>;
}

/** How to reach the database; for the embedded one all but the address, which is known once it runs. */
export function dataSourceOptions(config: DatabaseConfig): PostgresOptions {
  return {
    type: 'postgres',
    installExtensions: false,
    migrations: MIGRATIONS,
    migrationsTableName: 'migrations',
    ...(config.kind === 'embedded' ? embeddedOptions(config) : externalOptions(config)),
  };
}

/**
 * Connects, after starting the embedded database where that is the one, and brings the schema up to date.
 * @param started the embedded database, where it runs already
 * @throws DataDirectoryInUseError when another process works on the embedded database's folder
 */
export async function openDataSource(
  config: DatabaseConfig,
  options: DataSourceOptions = dataSourceOptions(config),
  started: EmbeddedPostgres | null = null,
): Promise<DataSource> {
  const postgres = started ?? (await startEmbeddedPostgres(config));
  const dataSource =
    postgres === null
      ? new DataSource(options)
      : new EmbeddedDataSource(options as PostgresOptions, postgres);
  try {
    await connect(dataSource);
    await migrate(dataSource);
    return dataSource;
  } catch (error) {
    await dataSource.destroy().catch(() => undefined);
    throw error;
  }
}

async function connect(dataSource: DataSource): Promise<void> {
  try {
    await dataSource.initialize();
  } catch (error) {
    const database =
      dataSource instanceof EmbeddedDataSource ? 'embedded database' : 'database at DATABASE_URL';
    throw new Error(`The ${database} can't be used (${unreachableReason(error)}).`, { cause: error });
  }
}

/** Stops the database in the process together with the connections to it. */
class EmbeddedDataSource extends DataSource {
  constructor(
    options: PostgresOptions,
    private readonly postgres: EmbeddedPostgres,
  ) {
    super({ ...options, host: postgres.host });
  }

  override async destroy(): Promise<void> {
    try {
      if (this.isInitialized) await super.destroy();
    } finally {
      await this.postgres.close();
    }
  }
}

function embeddedOptions(config: EmbeddedConfig): Partial<PostgresOptions> {
  return {
    username: 'postgres',
    database: 'postgres',
    extra: {
      // There is one session behind the socket, whatever the number of connections.
      max: 1,
      connectionTimeoutMillis: config.acquireTimeoutMs,
      idleTimeoutMillis: 0,
      onConnect: resetSession,
    },
  };
}

function externalOptions(config: ExternalConfig): Partial<PostgresOptions> {
  return {
    url: config.url.reveal(),
    extra: {
      max: config.poolSize,
      // Whatever a session has gathered ends with it: statements that it remembers, caches of the server.
      maxLifetimeSeconds: 3600,
      connectionTimeoutMillis: config.acquireTimeoutMs,
      statement_timeout: config.statementTimeoutMs,
      application_name: 'ml-service',
    },
  };
}

// A client is thrown away after an error, and its successor would inherit its open transaction and prepared names.
async function resetSession(client: PoolClient): Promise<void> {
  await client.query('rollback');
  await client.query('discard all');
}

import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** A database of a benchmark's own, on the server at `DATABASE_URL`. */
export interface BenchDatabase {
  readonly url: string;
  /** Statement that makes a connection see what the service sees by itself. */
  readonly enter: string;
  remove(): Promise<void>;
}

export async function createBenchDatabase(): Promise<BenchDatabase> {
  const server = process.env['DATABASE_URL'];
  if (server === undefined) throw new Error('Set DATABASE_URL to a server on which databases may be made.');
  const name = `ml_service_bench_${randomBytes(6).toString('hex')}`;
  await onServer(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    enter: `select set_config('role', pg_get_userbyid(relowner), false),
      set_config('ml_service.tenant', 'default', false) from pg_class where relname = 'collections'`,
    remove: () => onServer(server, `drop database ${name} with (force)`),
  };
}

async function onServer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

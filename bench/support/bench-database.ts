import { createServerDatabase, type ServerDatabase } from '../../test/support/server-database.js';

/** A database of a benchmark's own, on the server at `DATABASE_URL`. */
export interface BenchDatabase extends ServerDatabase {
  /** Statement that makes a connection see what the service sees by itself. */
  readonly enter: string;
}

const ENTER = `select set_config('role', pg_get_userbyid(relowner), false),
  set_config('ml_service.tenant', 'default', false) from pg_class where relname = 'collections'`;

export async function createBenchDatabase(): Promise<BenchDatabase> {
  return { ...(await createServerDatabase(databaseUrl(), 'ml_service_bench')), enter: ENTER };
}

/** The database at `DATABASE_URL` itself, which is kept. */
export function existingBenchDatabase(): BenchDatabase {
  return { url: databaseUrl(), enter: ENTER, remove: () => Promise.resolve() };
}

function databaseUrl(): string {
  const url = process.env['DATABASE_URL'];
  if (url === undefined) throw new Error('Set DATABASE_URL to a server on which databases may be made.');
  return url;
}

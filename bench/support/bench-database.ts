import { createServerDatabase, type ServerDatabase } from '../../test/support/server-database.js';

/** A database of a benchmark's own, on the server at `DATABASE_URL`. */
export interface BenchDatabase extends ServerDatabase {
  /** Statement that makes a connection see what the service sees by itself. */
  readonly enter: string;
}

export async function createBenchDatabase(): Promise<BenchDatabase> {
  const server = process.env['DATABASE_URL'];
  if (server === undefined) throw new Error('Set DATABASE_URL to a server on which databases may be made.');
  return {
    ...(await createServerDatabase(server, 'ml_service_bench')),
    enter: `select set_config('role', pg_get_userbyid(relowner), false),
      set_config('ml_service.tenant', 'default', false) from pg_class where relname = 'collections'`,
  };
}

import type { Queryable } from '../../../database/database.js';
import { chunkTable } from '../tables.js';

/** Ends the building of a collection's index, by whichever replica, so that nobody has to wait for it. */
export async function cancelIndexBuild(transaction: Queryable, collectionId: number): Promise<void> {
  const [session] = await transaction.query<{ role: string }>(`select current_setting('role') as role`);
  // Only the role that a session has logged in as sees, and may cancel, what its others do.
  await transaction.query(`select set_config('role', 'none', true)`);
  await transaction.query(
    'select pg_cancel_backend(pid) from pg_stat_progress_create_index where relid = to_regclass($1)',
    [chunkTable(collectionId)],
  );
  await transaction.query(`select set_config('role', $1, true)`, [session?.role ?? 'none']);
}

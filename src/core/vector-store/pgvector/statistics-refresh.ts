import type { Database } from '../../database/database.js';
import { chunkTable, postingTable } from './tables.js';

/** Below this many rows the planner does well without statistics. */
const SMALLEST = 1000;
/** Of 3,000 rows, 10 values a column: the plans ask how many rows there are, hardly what is in them. */
const SMALL_SAMPLE = 'set local default_statistics_target = 10';

/** How many chunks a collection has, and how many the planner knows of. */
const SIZES = `
  select chunk_count::float8 as chunks, greatest(reltuples, 0)::float8 as known
  from collections join pg_class on pg_class.oid = to_regclass($2) where collections.id = $1`;

/** Has the planner look at a collection again that has outgrown what it knows. */
export async function refreshStatistics(database: Database, collectionId: number): Promise<void> {
  const chunks = chunkTable(collectionId);
  const [sizes] = await database.query<{ chunks: number; known: number }>(SIZES, [collectionId, chunks]);
  if (sizes === undefined || !hasOutgrown(sizes.known, sizes.chunks)) return;
  // Without texts and vectors, of which it would sort a sample; what is joined is all that the planner asks about.
  const columns = '(id, collection_id, document_id)';
  await database.transaction(async (transaction) => {
    await transaction.query(SMALL_SAMPLE);
    await transaction.query(`analyze ${chunks} ${columns}, ${postingTable(collectionId)}, documents`);
  });
}

/**
 * Whether a table has twice the rows that the planner knows of. Servers look by themselves after a while; the embedded
 * database never does.
 */
export function hasOutgrown(known: number, rows: number): boolean {
  return rows >= SMALLEST && rows >= 2 * known;
}

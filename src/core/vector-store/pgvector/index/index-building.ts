import { DISK_FULL, sqlState } from '../../../database/database-errors.js';
import type { Queryable } from '../../../database/database.js';
import { chunkTable } from '../tables.js';
import { createVectorIndex, graphBytes, vectorIndex } from './vector-index.js';
import type { UnindexedCollection } from './unindexed-collections.js';

const MEBIBYTE = 1024 ** 2;
/** Memory of a build: at least PostgreSQL's own default. */
const MEGABYTES = { least: 64, most: 2048 };
const PARALLEL_WORKERS = 4;

/**
 * Builds a collection's index, unless it is there by now.
 * @param session one whose settings may be changed
 * @returns whether it was built
 */
export async function buildIndex(session: Queryable, collection: UnindexedCollection): Promise<boolean> {
  const name = vectorIndex(collection.id);
  const isValid = await findValidity(session, name);
  if (isValid === true) return false;
  if (isValid === false) await dropIndex(session, name);
  const needed = graphBytes(collection.chunks, collection.dimensions, collection.parameters) / MEBIBYTE;
  const megabytes = Math.round(Math.min(MEGABYTES.most, Math.max(MEGABYTES.least, 1.2 * needed)));
  await session.query('set statement_timeout = 0');
  await session.query(`set maintenance_work_mem = '${megabytes}MB'`);
  await session.query(`set max_parallel_maintenance_workers = ${PARALLEL_WORKERS}`);
  try {
    await create(session, collection, name);
    // The planner knows nothing about an expression before its index is there.
    await session.query(`analyze ${chunkTable(collection.id)}`);
  } finally {
    for (const setting of ['statement_timeout', 'maintenance_work_mem', 'max_parallel_maintenance_workers']) {
      await session.query(`reset ${setting}`);
    }
  }
  return true;
}

/** Workers share the graph in `/dev/shm`, of which containers often have 64 MB; a build without workers needs none. */
async function create(session: Queryable, collection: UnindexedCollection, name: string): Promise<void> {
  const statement = createVectorIndex(collection, collection.parameters);
  try {
    await session.query(statement);
  } catch (error) {
    if (sqlState(error) !== DISK_FULL) throw error;
    await dropIndex(session, name);
    await session.query('set max_parallel_maintenance_workers = 0');
    await session.query(statement);
  }
}

/** Removes what a build left that was cut off. */
async function dropIndex(session: Queryable, name: string): Promise<void> {
  await session.query(`drop index concurrently if exists ${name}`);
}

/** Whether an index is usable; null when there is none. */
async function findValidity(session: Queryable, name: string): Promise<boolean | null> {
  const [row] = await session.query<{ is_valid: boolean }>(
    'select indisvalid as is_valid from pg_index where indexrelid = to_regclass($1)',
    [name],
  );
  return row?.is_valid ?? null;
}

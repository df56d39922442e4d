import { ConflictError } from '../../../common/errors/conflict.error.js';
import type { Queryable } from '../../database/database.js';
import { isolateTable } from '../../database/tenancy/tenant-policies.js';
import type { Collection } from '../vector-store.js';
import { cancelIndexBuild } from './index/cancel-index-build.js';
import { chunkTable, postingTable } from './tables.js';

/** Longest vectors that fit a page beside the rest of their row, and so needn't be stored out of line. */
const MAX_INLINE_DIMENSIONS = 1900;

/**
 * Makes a collection's partitions. All reading and writing goes to them by name, never through their parents, so
 * that attaching and dropping others waits for nobody.
 */
export async function createPartitions(
  transaction: Queryable,
  { id: collectionId, dimensions }: Collection,
): Promise<void> {
  const chunks = chunkTable(collectionId);
  const postings = postingTable(collectionId);
  const storage = dimensions <= MAX_INLINE_DIMENSIONS ? 'plain' : 'external';
  const statements = [
    `create table ${chunks} (
       like chunks including defaults,
       check (collection_id = ${collectionId}),
       check (vector_dims(embedding) = ${dimensions})
     )`,
    `alter table ${chunks} alter column embedding set storage ${storage}`,
    `alter table ${chunks} add primary key (id)`,
    `create index on ${chunks} (document_id, chunk_index)`,
    `alter table chunks attach partition ${chunks} for values in (${collectionId})`,
    `create table ${postings} (like postings including defaults, check (collection_id = ${collectionId}))`,
    `create index on ${postings} (term)`,
    `create index on ${postings} (chunk_id)`,
    `alter table postings attach partition ${postings} for values in (${collectionId})`,
    ...isolateTable(chunks),
    ...isolateTable(postings),
  ];
  for (const statement of statements) await transaction.query(statement);
}

/** @throws ConflictError when the collection's chunks are elsewhere, where dropping it would leave them */
export async function dropPartitions(transaction: Queryable, { id, name }: Collection): Promise<void> {
  const [found] = await transaction.query<{ is_here: boolean }>(
    'select to_regclass($1) is not null as is_here',
    [chunkTable(id)],
  );
  if (found?.is_here !== true) {
    throw new ConflictError(
      `Collection "${name}" was made with another VECTOR_STORE, which holds its chunks; set that to delete it.`,
    );
  }
  await cancelIndexBuild(transaction, id);
  await transaction.query(`drop table ${chunkTable(id)}, ${postingTable(id)}`);
}

import type { Queryable } from '../../database/database.js';
import { COLLECTION_COLUMNS, type CollectionRow, toCollection } from '../bookkeeping/collection-table.js';
import type { CollectionStatistics } from '../vector-store.js';
import { INDEX_STATE_COLUMNS, type IndexStateRow, toIndexState } from './index/index-state.js';
import { CHUNK_TABLE_PREFIX, POSTING_TABLE_PREFIX } from './tables.js';

/** All collections with the size of their partitions and the state of their index. */
export async function collectionStatistics(database: Queryable): Promise<CollectionStatistics[]> {
  const rows = await database.query<CollectionRow & IndexStateRow & { bytes: string }>(
    `select ${COLLECTION_COLUMNS}, ${INDEX_STATE_COLUMNS},
       coalesce(pg_total_relation_size(to_regclass('${CHUNK_TABLE_PREFIX}' || id)), 0)
       + coalesce(pg_total_relation_size(to_regclass('${POSTING_TABLE_PREFIX}' || id)), 0) as bytes
     from collections where replaces_id is null order by name`,
  );
  return rows.map((row) => ({
    collection: toCollection(row),
    bytes: Number(row.bytes),
    index: toIndexState(row),
  }));
}

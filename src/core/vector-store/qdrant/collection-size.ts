import type { Queryable } from '../../database/database.js';
import { COLLECTION_COLUMNS, type CollectionRow, toCollection } from '../bookkeeping/collection-table.js';
import type { CollectionStatistics, VectorIndexState } from '../vector-store.js';

/** Qdrant indexes by itself, and searches what it hasn't indexed yet as well. */
const INDEXED_BY_QDRANT: VectorIndexState = { state: 'ready', method: 'hnsw', progress: null };

/** All collections with the size of what was sent to Qdrant of them, which doesn't say what a collection takes there. */
export async function collectionStatistics(database: Queryable): Promise<CollectionStatistics[]> {
  const rows = await database.query<CollectionRow & { bytes: string }>(
    `select ${COLLECTION_COLUMNS},
       (select coalesce(sum(bytes), 0) from qdrant_documents where collection_id = id) as bytes
     from collections where replaces_id is null order by name`,
  );
  return rows.map((row) => ({
    collection: toCollection(row),
    bytes: Number(row.bytes),
    index: INDEXED_BY_QDRANT,
  }));
}

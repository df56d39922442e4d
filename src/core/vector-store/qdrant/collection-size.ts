import type { Queryable } from '../../database/database.js';
import { COLLECTION_COLUMNS, type CollectionRow, toCollection } from '../bookkeeping/collection-table.js';
import type { CollectionStatistics } from '../vector-store.js';
import type { ShapeCollections } from './shape-collections.js';

/** All collections with the size of what was sent to Qdrant of them, which doesn't say what one takes there. */
export async function collectionStatistics(
  database: Queryable,
  shapes: ShapeCollections,
): Promise<CollectionStatistics[]> {
  const rows = await database.query<CollectionRow & { bytes: string }>(
    `select ${COLLECTION_COLUMNS},
       (select coalesce(sum(bytes), 0) from qdrant_documents where collection_id = id) as bytes
     from collections where replaces_id is null order by name`,
  );
  const lengths = [...new Set(rows.map(({ dimensions }) => dimensions))];
  const states = new Map(
    await Promise.all(lengths.map(async (length) => [length, await shapes.indexState(length)] as const)),
  );
  return rows.map((row) => ({
    collection: toCollection(row),
    bytes: Number(row.bytes),
    index: states.get(row.dimensions) ?? { state: 'none', method: 'exact', progress: null },
  }));
}

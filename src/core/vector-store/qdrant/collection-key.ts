import { ConflictError } from '../../../common/errors/conflict.error.js';
import type { Queryable } from '../../database/database.js';
import type { Collection } from '../vector-store.js';

/** Gives a new collection a key for its points. */
export async function createKey(transaction: Queryable, { id }: Collection): Promise<void> {
  await transaction.query('insert into qdrant_collections (collection_id) values ($1)', [id]);
}

/** Forgets a collection, but not to remove its points. */
export async function dropKey(transaction: Queryable, collection: Collection): Promise<void> {
  const [row] = await transaction.query<{ key: string }>(
    'delete from qdrant_collections where collection_id = $1 returning key',
    [collection.id],
  );
  await transaction.query(
    `insert into qdrant_leftovers (dimensions, collection_key, version, remove_after) values ($1, $2, null, now())`,
    [collection.dimensions, requireKey(collection, row?.key)],
  );
}

/** @throws ConflictError when the collection's chunks are in PostgreSQL */
export function requireKey(collection: Collection, key: string | null | undefined): string {
  if (key === null || key === undefined) {
    throw new ConflictError(
      `Collection "${collection.name}" was made with VECTOR_STORE=pgvector and is not in Qdrant; ` +
        'index its documents into a collection of another name.',
    );
  }
  return key;
}

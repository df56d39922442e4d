import { ConflictError } from '../../../common/errors/conflict.error.js';
import type { Database, Queryable } from '../../database/database.js';
import type { Collection, Page, PageOf } from '../vector-store.js';

/** A row of `collections`, as `COLLECTION_COLUMNS` reads it. */
export interface CollectionRow {
  readonly id: number;
  readonly name: string;
  readonly embedding_model: string;
  readonly dimensions: number;
  // bigint arrives as text.
  readonly document_count: string;
  readonly chunk_count: string;
  readonly created_at: Date;
  readonly updated_at: Date;
}

export const COLLECTION_COLUMNS =
  'id, name, embedding_model, dimensions, document_count, chunk_count, created_at, updated_at';

/** What a store does with places of its own in the transaction that makes or deletes a collection. */
export type WithCollection = (transaction: Queryable, collection: Collection) => Promise<void>;

export interface CollectionPlaces {
  readonly create: WithCollection;
  readonly drop: WithCollection;
}

/** Changes to a collection's totals that a transaction has made. */
export interface Totals {
  readonly documents: number;
  readonly chunks: number;
  readonly terms: number;
}

export async function findCollection(database: Queryable, name: string): Promise<Collection | null> {
  const [row] = await database.query<CollectionRow>(
    `select ${COLLECTION_COLUMNS} from collections where name = $1 and replaces_id is null`,
    [name],
  );
  return row === undefined ? null : toCollection(row);
}

export async function ensureCollection(
  database: Database,
  name: string,
  embeddingModel: string,
  dimensions: number,
  prepare: WithCollection,
): Promise<Collection> {
  const existing = await findCollection(database, name);
  if (existing !== null) return existing;
  return database.transaction(async (transaction) => {
    const [created] = await transaction.query<CollectionRow>(
      `insert into collections (name, embedding_model, dimensions) values ($1, $2, $3)
       on conflict (name, tenant) do nothing returning ${COLLECTION_COLUMNS}`,
      [name, embeddingModel, dimensions],
    );
    if (created !== undefined) {
      const collection = toCollection(created);
      await prepare(transaction, collection);
      return collection;
    }
    const winner = await findCollection(transaction, name);
    if (winner === null) throw new ConflictError(`Collection "${name}" was deleted meanwhile.`);
    return winner;
  });
}

export async function listCollections(database: Queryable, page: Page): Promise<PageOf<Collection>> {
  const rows = await database.query<CollectionRow>(
    `select ${COLLECTION_COLUMNS} from collections where replaces_id is null order by name limit $1 offset $2`,
    [page.limit, page.offset],
  );
  const [count] = await database.query<{ total: string }>(
    'select count(*) as total from collections where replaces_id is null',
  );
  return { items: rows.map(toCollection), total: Number(count?.total) };
}

export async function deleteCollection(
  database: Database,
  name: string,
  cleanUp: WithCollection,
): Promise<Collection | null> {
  return database.transaction(async (transaction) => {
    const rows = await transaction.query<CollectionRow>(
      `delete from collections
       where name = $1 or replaces_id = (select id from collections where name = $1)
       returning ${COLLECTION_COLUMNS}`,
      [name],
    );
    const deleted = rows.map(toCollection);
    for (const collection of deleted) await cleanUp(transaction, collection);
    return deleted.find((collection) => collection.name === name) ?? null;
  });
}

/** Last in a transaction, because the row stays locked until its end. */
export async function addToTotals(
  transaction: Queryable,
  collectionId: number,
  totals: Totals,
): Promise<void> {
  await transaction.query(
    `update collections set document_count = document_count + $2, chunk_count = chunk_count + $3,
       term_count = term_count + $4, updated_at = now()
     where id = $1`,
    [collectionId, totals.documents, totals.chunks, totals.terms],
  );
}

export function toCollection(row: CollectionRow): Collection {
  return {
    id: row.id,
    name: row.name,
    embeddingModel: row.embedding_model,
    dimensions: row.dimensions,
    documents: Number(row.document_count),
    chunks: Number(row.chunk_count),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

import { ConflictError } from '../../../common/errors/conflict.error.js';
import type { Database, Queryable } from '../../database/database.js';
import type { Collection, CollectionStatistics, Page, PageOf } from '../vector-store.js';
import { CHUNK_TABLE_PREFIX, createPartitions, dropPartitions, POSTING_TABLE_PREFIX } from './partitions.js';

interface CollectionRow {
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

const COLUMNS = 'id, name, embedding_model, dimensions, document_count, chunk_count, created_at, updated_at';

/** Changes to a collection's totals that a transaction has made. */
export interface Totals {
  readonly documents: number;
  readonly chunks: number;
  readonly terms: number;
}

export async function findCollection(database: Queryable, name: string): Promise<Collection | null> {
  const [row] = await database.query<CollectionRow>(`select ${COLUMNS} from collections where name = $1`, [
    name,
  ]);
  return row === undefined ? null : toCollection(row);
}

export async function ensureCollection(
  database: Database,
  name: string,
  embeddingModel: string,
  dimensions: number,
): Promise<Collection> {
  const existing = await findCollection(database, name);
  if (existing !== null) return existing;
  return database.transaction(async (transaction) => {
    const [created] = await transaction.query<CollectionRow>(
      `insert into collections (name, embedding_model, dimensions) values ($1, $2, $3)
       on conflict (name) do nothing returning ${COLUMNS}`,
      [name, embeddingModel, dimensions],
    );
    if (created !== undefined) {
      await createPartitions(transaction, created.id, dimensions);
      return toCollection(created);
    }
    const winner = await findCollection(transaction, name);
    if (winner === null) throw new ConflictError(`Collection "${name}" was deleted meanwhile.`);
    return winner;
  });
}

export async function listCollections(database: Queryable, page: Page): Promise<PageOf<Collection>> {
  const rows = await database.query<CollectionRow>(
    `select ${COLUMNS} from collections order by name limit $1 offset $2`,
    [page.limit, page.offset],
  );
  const [count] = await database.query<{ total: string }>('select count(*) as total from collections');
  return { items: rows.map(toCollection), total: Number(count?.total) };
}

export async function deleteCollection(database: Database, name: string): Promise<Collection | null> {
  return database.transaction(async (transaction) => {
    const [row] = await transaction.query<CollectionRow>(
      `delete from collections where name = $1 returning ${COLUMNS}`,
      [name],
    );
    if (row === undefined) return null;
    await dropPartitions(transaction, row.id);
    return toCollection(row);
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

export async function collectionStatistics(database: Queryable): Promise<CollectionStatistics[]> {
  const rows = await database.query<CollectionRow & { bytes: string }>(
    `select ${COLUMNS},
       coalesce(pg_total_relation_size(to_regclass('${CHUNK_TABLE_PREFIX}' || id)), 0)
       + coalesce(pg_total_relation_size(to_regclass('${POSTING_TABLE_PREFIX}' || id)), 0) as bytes
     from collections order by name`,
  );
  return rows.map((row) => ({ collection: toCollection(row), bytes: Number(row.bytes) }));
}

function toCollection(row: CollectionRow): Collection {
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

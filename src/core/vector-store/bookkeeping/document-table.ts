import {
  encodeBytesArray,
  encodeIntegerArray,
  encodeJsonArray,
  encodeTextArray,
} from '../../database/binary-arrays.js';
import type { Queryable } from '../../database/database.js';
import type { Collection, DocumentSummary, DocumentToStore, Page, PageOf } from '../vector-store.js';

/** A row of `documents`, as `DOCUMENT_COLUMNS` reads it. */
export interface DocumentRow {
  readonly id: string;
  readonly title: string | null;
  readonly source: string | null;
  readonly source_type: string | null;
  readonly metadata: Record<string, unknown>;
  readonly character_count: number;
  readonly chunk_count: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}

export const DOCUMENT_COLUMNS =
  'id, title, source, source_type, metadata, character_count, chunk_count, created_at, updated_at';

const UPSERT = `
  with collection as (select id from collections where id = $1 for key share)
  insert into documents
    (collection_id, id, content_hash, title, source, source_type, metadata, character_count, chunk_count)
  select id, unnest($2::text[]), unnest($3::bytea[]), unnest($4::text[]), unnest($5::text[]), unnest($6::text[]),
    unnest($7::jsonb[]), unnest($8::int[]), unnest($9::int[])
  from collection
  on conflict (collection_id, id) do update set
    content_hash = excluded.content_hash, title = excluded.title, source = excluded.source,
    source_type = excluded.source_type, metadata = excluded.metadata,
    character_count = excluded.character_count, chunk_count = excluded.chunk_count, updated_at = now()
  returning (xmax = 0) as inserted`;

/**
 * Writes the documents' rows, which stay locked until the transaction's end: in order of their ids, so that writers
 * wait for each other but never in a ring. The collection stays until then too.
 * @returns how many are new; null where there is no such collection any more
 */
export async function upsertDocuments(
  transaction: Queryable,
  collectionId: number,
  documents: readonly DocumentToStore[],
): Promise<number | null> {
  const sorted = [...documents].sort((a, b) => (a.id < b.id ? -1 : 1));
  const rows = await transaction.query<{ inserted: boolean }>(UPSERT, [
    collectionId,
    encodeTextArray(sorted.map((document) => document.id)),
    encodeBytesArray(sorted.map((document) => document.contentHash)),
    encodeTextArray(sorted.map((document) => document.title)),
    encodeTextArray(sorted.map((document) => document.source)),
    encodeTextArray(sorted.map((document) => document.sourceType)),
    encodeJsonArray(sorted.map((document) => JSON.stringify(document.metadata))),
    encodeIntegerArray(sorted.map((document) => document.characters)),
    encodeIntegerArray(sorted.map((document) => document.chunks.length)),
  ]);
  return rows.length === 0 ? null : rows.filter((row) => row.inserted).length;
}

/** @returns whether there was one; null where there is no such collection any more */
export async function deleteDocumentRow(
  transaction: Queryable,
  collectionId: number,
  id: string,
): Promise<boolean | null> {
  const held = await transaction.query('select from collections where id = $1 for key share', [collectionId]);
  if (held.length === 0) return null;
  const rows = await transaction.query(
    'delete from documents where collection_id = $1 and id = $2 returning id',
    [collectionId, id],
  );
  return rows.length > 0;
}

export async function contentHashes(
  database: Queryable,
  collectionId: number,
  ids: readonly string[],
): Promise<Map<string, Buffer>> {
  const rows = await database.query<{ id: string; content_hash: Buffer }>(
    'select id, content_hash from documents where collection_id = $1 and id = any($2)',
    [collectionId, encodeTextArray(ids)],
  );
  return new Map(rows.map((row) => [row.id, row.content_hash]));
}

export async function listDocuments(
  database: Queryable,
  collection: Collection,
  page: Page,
): Promise<PageOf<DocumentSummary>> {
  const rows = await database.query<DocumentRow>(
    `select ${DOCUMENT_COLUMNS} from documents where collection_id = $1 order by id limit $2 offset $3`,
    [collection.id, page.limit, page.offset],
  );
  return { items: rows.map(toSummary), total: collection.documents };
}

export function toSummary(row: DocumentRow): DocumentSummary {
  return {
    id: row.id,
    title: row.title,
    source: row.source,
    sourceType: row.source_type,
    metadata: row.metadata,
    characters: row.character_count,
    chunkCount: row.chunk_count,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

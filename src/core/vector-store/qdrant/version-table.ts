import { UnavailableError } from '../../../common/errors/unavailable.error.js';
import type { Queryable } from '../../database/database.js';
import { type DocumentRow, toSummary } from '../bookkeeping/document-table.js';
import type { Collection, DocumentSummary } from '../vector-store.js';

/** How long a write may take before its points count as left behind by a crash. */
const WRITE_LEASE = '1 hour';
/** How long searches may still read a version that was replaced; no search takes as long. */
const GRACE = '5 minutes';

/** A version of a document that is, or is to become, the one that counts. */
export interface DocumentVersion {
  readonly documentId: string;
  readonly version: string;
  readonly chunkCount: number;
  readonly termCount: number;
  /** How many of the chunks hold each term. */
  readonly terms: Readonly<Record<string, number>>;
  readonly bytes: number;
}

interface VersionRow {
  readonly document_id: string;
  readonly version: string;
  readonly chunk_count: number;
  readonly term_count: number;
  readonly terms: Readonly<Record<string, number>>;
  // bigint arrives as text.
  readonly bytes: string;
}

/** A document as it is now, and the version of its points. */
export interface CurrentDocument {
  readonly document: DocumentSummary;
  readonly contentHash: Buffer;
  readonly version: string;
  /** Whether it was the version already when the snapshot was taken. */
  readonly isSettled: boolean;
}

/** Before points are written: whatever becomes of the write, they will not be forgotten. */
export async function announceVersions(
  database: Queryable,
  collection: Collection,
  key: string,
  versions: readonly string[],
): Promise<void> {
  await database.query(
    `insert into qdrant_leftovers (dimensions, collection_key, version, remove_after)
     select $1, $2, version, now() + interval '${WRITE_LEASE}' from unnest($3::uuid[]) version`,
    [collection.dimensions, key, versions],
  );
}

/**
 * Makes these the versions that count, within a transaction that holds the documents' rows.
 * @returns the versions that they replace
 * @throws UnavailableError when the write took so long that its points may be gone
 */
export async function switchVersions(
  transaction: Queryable,
  collection: Collection,
  key: string,
  versions: readonly DocumentVersion[],
): Promise<DocumentVersion[]> {
  const announced = await transaction.query(
    'delete from qdrant_leftovers where version = any($1) returning version',
    [versions.map(({ version }) => version)],
  );
  if (announced.length !== versions.length) {
    throw new UnavailableError('Writing to the vector store took too long; send the request again.');
  }
  const ids = versions.map(({ documentId }) => documentId);
  const replaced = await findVersions(transaction, collection, ids);
  await transaction.query(
    `insert into qdrant_documents (collection_id, document_id, version, chunk_count, term_count, terms, bytes)
     select $1, * from unnest($2::text[], $3::uuid[], $4::int[], $5::int[], $6::jsonb[], $7::bigint[])
     on conflict (collection_id, document_id) do update set
       version = excluded.version, committed_in = excluded.committed_in, chunk_count = excluded.chunk_count,
       term_count = excluded.term_count, terms = excluded.terms, bytes = excluded.bytes`,
    [
      collection.id,
      ids,
      versions.map(({ version }) => version),
      versions.map(({ chunkCount }) => chunkCount),
      versions.map(({ termCount }) => termCount),
      versions.map(({ terms }) => JSON.stringify(terms)),
      versions.map(({ bytes }) => bytes),
    ],
  );
  await leaveBehind(transaction, collection, key, replaced);
  return replaced;
}

/** Remembers to remove these once nobody reads them any more. */
export async function leaveBehind(
  transaction: Queryable,
  collection: Collection,
  key: string,
  versions: readonly DocumentVersion[],
): Promise<void> {
  await transaction.query(
    `insert into qdrant_leftovers (dimensions, collection_key, version, remove_after)
     select $1, $2, version, now() + interval '${GRACE}' from unnest($3::uuid[]) version`,
    [collection.dimensions, key, versions.map(({ version }) => version)],
  );
}

/** Versions that count now. */
export async function findVersions(
  database: Queryable,
  collection: Collection,
  documentIds: readonly string[],
): Promise<DocumentVersion[]> {
  const rows = await database.query<VersionRow>(
    `select document_id, version, chunk_count, term_count, terms, bytes from qdrant_documents
     where collection_id = $1 and document_id = any($2)`,
    [collection.id, documentIds],
  );
  return rows.map((row) => ({
    documentId: row.document_id,
    version: row.version,
    chunkCount: row.chunk_count,
    termCount: row.term_count,
    terms: row.terms,
    bytes: Number(row.bytes),
  }));
}

/** Those of the documents that exist, by id. @param snapshot a `pg_snapshot`, or null where it doesn't matter */
export async function currentDocuments(
  database: Queryable,
  collection: Collection,
  documentIds: readonly string[],
  snapshot: string | null,
): Promise<Map<string, CurrentDocument>> {
  const rows = await database.query<
    DocumentRow & { version: string; content_hash: Buffer; settled: boolean | null }
  >(
    `select document.id, title, source, source_type, metadata, character_count, document.chunk_count,
       created_at, updated_at, content_hash, version,
       pg_visible_in_snapshot(committed_in, $3::pg_snapshot) as settled
     from documents document
     join qdrant_documents on document.collection_id = qdrant_documents.collection_id and document.id = document_id
     where document.collection_id = $1 and document.id = any($2)`,
    [collection.id, documentIds, snapshot],
  );
  return new Map(
    rows.map((row) => [
      row.id,
      {
        document: toSummary(row),
        contentHash: row.content_hash,
        version: row.version,
        isSettled: row.settled === true,
      },
    ]),
  );
}

import type { Queryable } from '../../database/database.js';
import { DOCUMENT_COLUMNS, type DocumentRow, toSummary } from '../bookkeeping/document-table.js';
import type { ChunkMetadata } from '../chunk-metadata.js';
import type { Collection, DocumentContent, StoredChunk, StoredDocument } from '../vector-store.js';
import { chunkTable } from './tables.js';

interface ChunkRow {
  readonly chunk_index: number;
  readonly text: string;
  readonly start_offset: number;
  readonly end_offset: number;
  readonly metadata: ChunkMetadata;
}

interface ContentRow extends ChunkRow {
  readonly input_hash: string;
}

/** The document and its chunks as of one moment. */
export async function findDocument(
  database: Queryable,
  collection: Collection,
  id: string,
): Promise<StoredDocument | null> {
  const [row] = await database.query<DocumentRow & { chunks: ChunkRow[] }>(
    `select ${DOCUMENT_COLUMNS}, array(
       select json_build_object('chunk_index', chunk_index, 'text', text,
         'start_offset', start_offset, 'end_offset', end_offset, 'metadata', metadata)
       from ${chunkTable(collection.id)} where document_id = documents.id order by chunk_index
     ) as chunks
     from documents where collection_id = $1 and id = $2`,
    [collection.id, id],
  );
  if (row === undefined) return null;
  return { ...toSummary(row), chunks: row.chunks.map(toStoredChunk) };
}

/** What was stored of the documents, each as of one moment. */
export async function documentContents(
  database: Queryable,
  collectionId: number,
  ids: readonly string[],
): Promise<DocumentContent[]> {
  const rows = await database.query<DocumentRow & { content_hash: Buffer; chunks: ContentRow[] }>(
    `select ${DOCUMENT_COLUMNS}, content_hash, array(
       select json_build_object('chunk_index', chunk_index, 'text', text, 'start_offset', start_offset,
         'end_offset', end_offset, 'metadata', metadata, 'input_hash', encode(input_hash, 'hex'))
       from ${chunkTable(collectionId)} where document_id = documents.id order by chunk_index
     ) as chunks
     from documents where collection_id = $1 and id = any($2) order by id`,
    [collectionId, ids],
  );
  return rows.map((row) => ({
    ...toSummary(row),
    contentHash: row.content_hash,
    chunks: row.chunks.map((chunk) => ({
      ...toStoredChunk(chunk),
      inputHash: Buffer.from(chunk.input_hash, 'hex'),
    })),
  }));
}

function toStoredChunk(chunk: ChunkRow): StoredChunk {
  return {
    index: chunk.chunk_index,
    text: chunk.text,
    start: chunk.start_offset,
    end: chunk.end_offset,
    metadata: chunk.metadata,
  };
}

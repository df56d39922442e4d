import { UnavailableError } from '../../../common/errors/unavailable.error.js';
import type { Queryable } from '../../database/database.js';
import type { Collection, DocumentSummary, StoredChunk } from '../vector-store.js';
import { type ReadChunk, readVersions } from './chunk-reader.js';
import type { QdrantConnection } from './qdrant-connection.js';
import { currentDocuments } from './version-table.js';

/** A document as the database and Qdrant have it together. */
export interface StoredContent {
  readonly document: DocumentSummary;
  readonly contentHash: Buffer;
  readonly chunks: readonly (StoredChunk & { readonly inputHash: Buffer })[];
}

/**
 * Those of the documents that exist, in order of their ids: what the database says at one moment, with the chunks of
 * the version that counted then.
 * @throws UnavailableError when Qdrant hasn't all of them
 */
export async function findContents(
  database: Queryable,
  connection: QdrantConnection,
  shape: string,
  collection: Collection,
  ids: readonly string[],
): Promise<StoredContent[]> {
  const current = [...(await currentDocuments(database, collection, ids, null)).values()];
  const versions = current.filter(({ document }) => document.chunkCount > 0).map(({ version }) => version);
  const chunks = new Map<string, ReadChunk[]>();
  for (const chunk of await readVersions(connection, shape, versions, false)) {
    const siblings = chunks.get(chunk.payload.version) ?? [];
    siblings.push(chunk);
    chunks.set(chunk.payload.version, siblings);
  }
  return current
    .sort((a, b) => (a.document.id < b.document.id ? -1 : 1))
    .map(({ document, contentHash, version }) => {
      const found = chunks.get(version) ?? [];
      if (found.length !== document.chunkCount) {
        throw new UnavailableError('The vector store has not all of the document; try again in a moment.');
      }
      return { document, contentHash, chunks: found.map(toContent) };
    });
}

function toContent({ payload }: ReadChunk): StoredContent['chunks'][number] {
  const { index, text, start, end, place: metadata, input } = payload;
  return { index, text, start, end, metadata, inputHash: Buffer.from(input, 'hex') };
}

import { ValidationError } from '../../common/errors/validation.error.js';
import type { ChunkOptions } from '../chunking/chunk-options.js';
import { contentHash, deriveDocumentId } from './content-identity.js';
import type { IndexRequest, SourceDocument } from './source-document.js';

const DEFAULT_OVERLAP = 200;
const MAX_METADATA_LENGTH = 65_536;

/** A document of a request, with its id and the hash of its content. */
export interface IdentifiedDocument {
  /** Position in the request. */
  readonly index: number;
  readonly id: string;
  readonly contentHash: Buffer;
  readonly document: SourceDocument;
}

/** @throws ValidationError when the overlap is not less than the size */
export function chunkOptions(request: Pick<IndexRequest, 'chunk_size' | 'chunk_overlap'>): ChunkOptions {
  const { chunk_size: chunkSize } = request;
  const chunkOverlap = request.chunk_overlap ?? Math.min(DEFAULT_OVERLAP, Math.floor(chunkSize / 5));
  if (chunkOverlap >= chunkSize) {
    throw ValidationError.at(['chunk_overlap'], `must be less than chunk_size, which is ${chunkSize}`);
  }
  return { chunkSize, chunkOverlap };
}

/**
 * Gives every document its id; the same document twice without one is one document.
 * @throws ValidationError for an id that is given twice, and for too much metadata
 */
export function identifyDocuments(
  documents: readonly SourceDocument[],
  options: ChunkOptions,
): IdentifiedDocument[] {
  const byId = new Map<string, IdentifiedDocument>();
  return documents.map((document, index) => {
    if (JSON.stringify(document.metadata ?? {}).length > MAX_METADATA_LENGTH) {
      throw ValidationError.at(['documents', index, 'metadata'], 'must be at most 64 KiB of JSON');
    }
    const id = document.id ?? deriveDocumentId(document);
    const identified = { index, id, contentHash: contentHash(document, options), document };
    const earlier = byId.get(id);
    if (earlier !== undefined && (document.id !== undefined || earlier.document.id !== undefined)) {
      throw ValidationError.at(
        ['documents', index, 'id'],
        `must not repeat that of documents[${earlier.index}]`,
      );
    }
    byId.set(id, identified);
    return identified;
  });
}

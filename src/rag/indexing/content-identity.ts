import { hash } from 'node:crypto';
import type { ChunkOptions } from '../chunking/chunk-options.js';
import type { DocumentDto } from '../dto/index-request.dto.js';
import type { SourceDocument } from './source-document.js';

/** Id of a document that came without one: the same for the same text, title and source. */
export function deriveDocumentId({ text, title, source }: DocumentDto): string {
  return `doc_${sha256([text, title ?? null, source ?? null])
    .toString('hex')
    .slice(0, 32)}`;
}

/** Changes when anything does that would be stored differently. */
export function contentHash(document: SourceDocument, options: ChunkOptions): Buffer {
  const { text, title, source, source_type, metadata, parts } = document;
  return sha256([
    text,
    title ?? null,
    source ?? null,
    source_type ?? null,
    sortKeys(metadata ?? {}),
    options.chunkSize,
    options.chunkOverlap,
    ...(parts === undefined ? [] : [sortKeys(parts)]),
  ]);
}

/** Of what is embedded for a chunk. */
export function inputHash(input: string): Buffer {
  return hash('sha256', input, 'buffer');
}

/** The title goes along with every chunk, because the text of a chunk seldom says what it is about. */
export function embeddingInput(title: string | undefined, chunkText: string): string {
  return title === undefined ? chunkText : `${title}\n\n${chunkText}`;
}

function sha256(parts: readonly unknown[]): Buffer {
  return hash('sha256', JSON.stringify(parts), 'buffer');
}

/** The order of an object's fields means nothing. */
function sortKeys(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sortKeys);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, field]) => [key, sortKeys(field)]));
}

/**
 * Where in its file a chunk is. Searches show it among the document's metadata, and filters find it there, except
 * where the document's own metadata has the name already.
 */
export interface ChunkMetadata {
  /** Of a PDF, from 1. */
  readonly page?: number;
  /** Of a presentation, from 1. */
  readonly slide?: number;
  /** Of a workbook, by name. */
  readonly sheet?: string;
  /** From the outermost heading to the one right above. */
  readonly headings?: readonly string[];
}

export const CHUNK_METADATA_NAMES: ReadonlySet<string> = new Set<keyof ChunkMetadata>([
  'page',
  'slide',
  'sheet',
  'headings',
]);

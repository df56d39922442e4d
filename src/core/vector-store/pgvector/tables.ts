export const CHUNK_TABLE_PREFIX = 'chunks_';
export const POSTING_TABLE_PREFIX = 'postings_';

/** Table of a collection's chunks. */
export function chunkTable(collectionId: number): string {
  return `${CHUNK_TABLE_PREFIX}${collectionId}`;
}

/** Table of a collection's inverted index. */
export function postingTable(collectionId: number): string {
  return `${POSTING_TABLE_PREFIX}${collectionId}`;
}

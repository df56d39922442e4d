import type { DocumentToStore } from '../vector-store.js';

/** Enough to make a round trip worthwhile, few enough that others get their turn on a single connection. */
const MAX_CHUNKS = 256;
const MAX_DOCUMENTS = 256;

/** Documents in groups that one transaction stores; a large one is a group of its own. */
export function documentBatches(documents: readonly DocumentToStore[]): DocumentToStore[][] {
  const batches: DocumentToStore[][] = [];
  let batch: DocumentToStore[] = [];
  let chunks = 0;
  for (const document of documents) {
    const isFull = batch.length === MAX_DOCUMENTS || chunks + document.chunks.length > MAX_CHUNKS;
    if (isFull && batch.length > 0) {
      batches.push(batch);
      batch = [];
      chunks = 0;
    }
    batch.push(document);
    chunks += document.chunks.length;
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}

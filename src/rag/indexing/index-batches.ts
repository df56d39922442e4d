import type { IdentifiedDocument } from './identified-document.js';

/** Few enough to be done soon, many enough to fill the calls to a provider. */
export const MAX_BATCH_DOCUMENTS = 32;
export const MAX_BATCH_CHARACTERS = 200_000;

/** Documents in groups, at least one of them, each of which is embedded and stored at once. */
export function indexBatches(documents: readonly IdentifiedDocument[]): IdentifiedDocument[][] {
  const batches: IdentifiedDocument[][] = [];
  let batch: IdentifiedDocument[] = [];
  let characters = 0;
  for (const document of documents) {
    const { length } = document.document.text;
    if (
      batch.length > 0 &&
      (batch.length === MAX_BATCH_DOCUMENTS || characters + length > MAX_BATCH_CHARACTERS)
    ) {
      batches.push(batch);
      batch = [];
      characters = 0;
    }
    batch.push(document);
    characters += length;
  }
  return [...batches, batch];
}

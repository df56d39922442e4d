/** Largest `chunkSize`, in UTF-16 units. */
export const MAXIMUM_CHUNK_SIZE = 20_000;

/** How to cut a text into chunks. Both are UTF-16 units: `1 <= chunkSize <= MAXIMUM_CHUNK_SIZE`, `0 <= chunkOverlap < chunkSize`. */
export interface ChunkOptions {
  readonly chunkSize: number;
  /** How much of the text before a chunk may be repeated at its start. */
  readonly chunkOverlap: number;
}

/** @throws RangeError where the options are out of bounds: a mistake of the caller, who has validated the request. */
export function assertChunkOptions({ chunkSize, chunkOverlap }: ChunkOptions): void {
  if (!Number.isInteger(chunkSize) || chunkSize < 1 || chunkSize > MAXIMUM_CHUNK_SIZE) {
    throw new RangeError(`chunkSize must be an integer from 1 to ${MAXIMUM_CHUNK_SIZE}.`);
  }
  if (!Number.isInteger(chunkOverlap) || chunkOverlap < 0 || chunkOverlap >= chunkSize) {
    throw new RangeError('chunkOverlap must be an integer from 0 to chunkSize - 1.');
  }
}

/** What is left of a chunk for new text once the overlap has its share. At least 1. */
export function newTextPerChunk({ chunkSize, chunkOverlap }: ChunkOptions): number {
  return chunkSize - chunkOverlap;
}

/**
 * An upper bound of the number of chunks that a text of this length gives, for refusing before any work is done.
 * It rests on two neighbours never fitting into one chunk together: of k chunks there are ⌊k/2⌋ disjoint pairs, each
 * longer than the new text of a chunk. An ordinary text gives about half as many.
 * @param textLength UTF-16 units
 */
export function maximumChunkCount(textLength: number, options: ChunkOptions): number {
  const pairs = Math.floor(textLength / (newTextPerChunk(options) + 1));
  return Math.min(textLength, 2 * pairs + 1);
}

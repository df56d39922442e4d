import { chunkTable } from '../tables.js';

/** Longest vectors that pgvector's HNSW takes, as `halfvec`. */
export const MAX_INDEXED_DIMENSIONS = 4000;

/** What the name of an index has after its table's. */
export const INDEX_SUFFIX = '_hnsw';

/** A collection as far as its index is concerned. */
export interface IndexedCollection {
  readonly id: number;
  readonly dimensions: number;
}

/** Name of the index on a collection's vectors. */
export function vectorIndex(collectionId: number): string {
  return `${chunkTable(collectionId)}${INDEX_SUFFIX}`;
}

/**
 * What the index holds, for `order by … <=> …`. Half precision takes half the room and finds the same; the order
 * within what it finds is made from the vectors themselves.
 */
export function indexedVector(alias: string, { dimensions }: IndexedCollection): string {
  return `(${alias}.embedding::halfvec(${dimensions}))`;
}

/** Shape of the graph; more links and a wider search while it is built find more and cost more. */
export interface GraphShape {
  readonly m: number;
  readonly efConstruction: number;
}

/** Builds the index while others read and write. It can't run in a transaction. */
export function createVectorIndex(collection: IndexedCollection, { m, efConstruction }: GraphShape): string {
  return `create index concurrently ${vectorIndex(collection.id)} on ${chunkTable(collection.id)}
    using hnsw ((embedding::halfvec(${collection.dimensions})) halfvec_cosine_ops)
    with (m = ${m}, ef_construction = ${efConstruction})`;
}

/** About what the whole graph takes in memory, in bytes; a build that has less is several times slower. */
export function graphBytes(chunks: number, dimensions: number, { m }: GraphShape): number {
  const vector = 2 * dimensions + 8;
  const links = 2 * m * 16 + 160;
  return chunks * (vector + links);
}

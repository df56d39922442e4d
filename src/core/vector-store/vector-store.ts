import type { ChunkMetadata } from './chunk-metadata.js';
import type { Filter } from './filter/filter.js';

/** A named set of documents, all embedded by one model. */
export interface Collection {
  readonly id: number;
  readonly name: string;
  readonly embeddingModel: string;
  readonly dimensions: number;
  readonly documents: number;
  readonly chunks: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface ChunkToStore {
  /** Position in its document, from 0. */
  readonly index: number;
  readonly text: string;
  /** UTF-16 offsets into the document's text. */
  readonly start: number;
  readonly end: number;
  /** SHA-256 of what was embedded. */
  readonly inputHash: Buffer;
  readonly metadata: ChunkMetadata;
  readonly vector: Float32Array;
}

export interface DocumentToStore {
  readonly id: string;
  /** SHA-256 of all that the document is made of. */
  readonly contentHash: Buffer;
  readonly title: string | null;
  readonly source: string | null;
  readonly sourceType: string | null;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly characters: number;
  readonly chunks: readonly ChunkToStore[];
}

/** A document as it is stored, without its vectors. */
export interface DocumentContent extends Omit<DocumentToStore, 'chunks'> {
  readonly chunks: readonly Omit<ChunkToStore, 'vector'>[];
}

/** How a collection and another generation of it differ, by ids of documents in order. */
export interface GenerationDifferences {
  /** What the generation hasn't, or has with another content. */
  readonly changed: readonly string[];
  /** What only the generation has. */
  readonly removed: readonly string[];
}

export interface DocumentSummary {
  readonly id: string;
  readonly title: string | null;
  readonly source: string | null;
  readonly sourceType: string | null;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly characters: number;
  readonly chunkCount: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface StoredChunk {
  readonly index: number;
  readonly text: string;
  /** UTF-16 offsets into the document's text. */
  readonly start: number;
  readonly end: number;
  readonly metadata: ChunkMetadata;
}

export interface StoredDocument extends DocumentSummary {
  readonly chunks: readonly StoredChunk[];
}

export interface Page {
  readonly limit: number;
  readonly offset: number;
}

export interface PageOf<Item> {
  readonly items: readonly Item[];
  /** How many there are on all pages. */
  readonly total: number;
}

export const SEARCH_MODES = ['hybrid', 'dense', 'keyword'] as const;
export type SearchMode = (typeof SEARCH_MODES)[number];

export interface SearchRequest {
  readonly mode: SearchMode;
  readonly query: string;
  /** The query's vector; null in `keyword` mode, which needs none. */
  readonly vector: Float32Array | null;
  /** Share of the dense side in `hybrid` mode, 0..1. */
  readonly denseWeight: number;
  readonly limit: number;
  readonly minScore: number;
  readonly filter: Filter;
  /** Ends the search early, where the store can. */
  readonly signal?: AbortSignal;
}

export interface SearchHit {
  readonly documentId: string;
  readonly chunkIndex: number;
  readonly text: string;
  /** 0..1, higher is better. */
  readonly score: number;
  /** Cosine similarity, −1..1; null where the chunk was not among the dense candidates. */
  readonly denseScore: number | null;
  /** Share of the query's weight that the chunk holds, 0..1; null where it was not among the keyword candidates. */
  readonly keywordScore: number | null;
  readonly title: string | null;
  readonly source: string | null;
  readonly sourceType: string | null;
  /** The document's, and what of the chunk's it doesn't hide. */
  readonly metadata: Readonly<Record<string, unknown>>;
}

export const INDEX_STATES = ['none', 'building', 'ready'] as const;
export type IndexStateName = (typeof INDEX_STATES)[number];

/** How the vectors of a collection are searched. */
export interface VectorIndexState {
  /** `none` until the collection is large enough; what is searched while `building` is the vectors themselves. */
  readonly state: IndexStateName;
  /** How the nearest are found now: `exact` compares all vectors, anything else names the kind of index. */
  readonly method: string;
  /** Percent of the build that is done, where the store says. */
  readonly progress: number | null;
}

export interface CollectionStatistics {
  readonly collection: Collection;
  /** On disk, indexes included. */
  readonly bytes: number;
  readonly index: VectorIndexState;
}

/** Keeps documents as chunks with vectors, and finds them again. */
export abstract class VectorStore {
  /** Name of the kind of store, for people. */
  abstract readonly kind: string;

  /** @throws UnavailableError when the store can't be reached */
  abstract ping(): Promise<void>;

  /** The collection of that name, made if there is none; it may turn out to have another model or other dimensions. */
  abstract ensureCollection(name: string, embeddingModel: string, dimensions: number): Promise<Collection>;

  abstract findCollection(name: string): Promise<Collection | null>;

  /**
   * The collection of that name, to be searched: maybe as it was some seconds ago. Searching one that has been deleted
   * since, or gave way to another generation, throws a NotFoundError.
   */
  findCollectionToSearch(name: string): Promise<Collection | null> {
    return this.findCollection(name);
  }

  /** By name. */
  abstract listCollections(page: Page): Promise<PageOf<Collection>>;

  /** @returns what was deleted, or null when there is no such collection */
  abstract deleteCollection(name: string): Promise<Collection | null>;

  /**
   * Stores documents, each in place of the one with its id. A reader sees the old or the new one. Not one
   * transaction for all: after a failure some are stored and the others are as before.
   * @throws ConflictError when the collection is deleted meanwhile, or gave way to another generation
   */
  abstract replaceDocuments(collection: Collection, documents: readonly DocumentToStore[]): Promise<void>;

  /** Content hashes of those of the documents that exist, by id. */
  abstract contentHashes(collection: Collection, ids: readonly string[]): Promise<Map<string, Buffer>>;

  /**
   * Vectors of the documents' chunks by the hex form of their input hash: as they were given, or scaled to length 1.
   * @throws ConflictError when the collection is deleted meanwhile
   */
  abstract vectorsByInput(collection: Collection, ids: readonly string[]): Promise<Map<string, Float32Array>>;

  /** By id. */
  abstract listDocuments(collection: Collection, page: Page): Promise<PageOf<DocumentSummary>>;

  abstract findDocument(collection: Collection, id: string): Promise<StoredDocument | null>;

  /** @returns whether there was one */
  abstract deleteDocument(collection: Collection, id: string): Promise<boolean>;

  /** Best first. @throws NotFoundError when the collection is deleted meanwhile */
  abstract search(collection: Collection, request: SearchRequest): Promise<SearchHit[]>;

  abstract statistics(): Promise<CollectionStatistics[]>;

  /**
   * Begins another generation of a collection, for another model. It is empty, a collection like others to all methods
   * that take one, and found by no name. One that was begun before is discarded.
   * @throws ConflictError when the collection is deleted meanwhile
   */
  abstract beginGeneration(
    collection: Collection,
    embeddingModel: string,
    dimensions: number,
  ): Promise<Collection>;

  /** The generation that was begun, and neither discarded nor switched to; null when there is none. */
  abstract findGeneration(collection: Collection): Promise<Collection | null>;

  /** Drops a generation that was begun. Does nothing where it is gone or serves. */
  abstract discardGeneration(generation: Collection): Promise<void>;

  /** @param limit most ids of each kind */
  abstract compareGeneration(
    collection: Collection,
    generation: Collection,
    limit: number,
  ): Promise<GenerationDifferences>;

  /** Those of the documents that exist, each as of one moment. */
  abstract documentContents(collection: Collection, ids: readonly string[]): Promise<DocumentContent[]>;

  /**
   * Makes a generation that is filled as fast to search as its collection is meant to be, before it serves. One that
   * can't be made so serves all the same. Ends soon after `signal` does.
   */
  prepareGeneration(_generation: Collection, _signal: AbortSignal): Promise<void> {
    return Promise.resolve();
  }

  /**
   * Puts a generation in the place of its collection, which is dropped: from one moment to the next, and only where
   * both hold the same documents.
   * @returns whether it did; false where they differ
   * @throws ConflictError when either is gone
   */
  abstract switchGeneration(collection: Collection, generation: Collection): Promise<boolean>;
}

import { Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { ConflictError } from '../../../common/errors/conflict.error.js';
import type { QdrantConfig } from '../../../config/settings/vector-store.settings.js';
import { type Database, type Queryable } from '../../database/database.js';
import { countTerms } from '../bm25.js';
import { BookkeptVectorStore } from '../bookkeeping/bookkept-vector-store.js';
import { gone } from '../bookkeeping/missing-collection.js';
import type {
  Collection,
  CollectionStatistics,
  DocumentContent,
  DocumentToStore,
  SearchHit,
  SearchRequest,
  StoredDocument,
} from '../vector-store.js';
import { readTexts, readVersions } from './chunk-reader.js';
import { createKey, dropKey, requireKey } from './collection-key.js';
import { collectionStatistics } from './collection-size.js';
import { DocumentVersions } from './document-versions.js';
import { sweepLeftovers } from './leftover-sweep.js';
import { QdrantConnection } from './qdrant-connection.js';
import { type Passage, SearchRounds } from './search-rounds.js';
import { ShapeCollections } from './shape-collections.js';
import { findContents, type StoredContent } from './stored-contents.js';
import { readStatistics } from './term-statistics.js';
import { findVersions } from './version-table.js';

const SWEEP_INTERVAL_MS = 60_000;

/** Chunks in Qdrant, and what is known about documents in the database. */
export class QdrantStore extends BookkeptVectorStore implements OnModuleInit, OnApplicationShutdown {
  override readonly kind = 'qdrant';
  private readonly logger = new Logger('QdrantStore');
  private readonly connection: QdrantConnection;
  private readonly shapes: ShapeCollections;
  private readonly versions: DocumentVersions;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    database: Database,
    private readonly allTenants: Queryable,
    config: QdrantConfig,
  ) {
    super(database, { create: createKey, drop: dropKey });
    this.connection = new QdrantConnection(config);
    this.shapes = new ShapeCollections(this.connection, config);
    this.versions = new DocumentVersions(database, this.connection, this.shapes, this.logger);
  }

  onModuleInit(): void {
    this.timer = setInterval(() => void this.trySweep(), SWEEP_INTERVAL_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  override ping(): Promise<void> {
    return this.connection.ping();
  }

  override async deleteCollection(name: string): Promise<Collection | null> {
    const deleted = await super.deleteCollection(name);
    if (deleted !== null) await this.trySweep();
    return deleted;
  }

  override async replaceDocuments(
    collection: Collection,
    documents: readonly DocumentToStore[],
  ): Promise<void> {
    for (const { chunks } of documents) {
      for (const { vector } of chunks) requireLength(collection, vector);
    }
    await this.versions.replace(collection, documents);
  }

  override async vectorsByInput(
    collection: Collection,
    ids: readonly string[],
  ): Promise<Map<string, Float32Array>> {
    const versions = (await findVersions(this.database, collection, ids)).map(({ version }) => version);
    const shape = this.shapes.nameFor(collection.dimensions);
    const chunks = await readVersions(this.connection, shape, versions, true);
    return new Map(chunks.map(({ payload, vector }) => [payload.input, vector]));
  }

  override async findDocument(collection: Collection, id: string): Promise<StoredDocument | null> {
    const [content] = await this.contents(collection, [id]);
    if (content === undefined) return null;
    const { document, chunks } = content;
    return {
      ...document,
      chunks: chunks.map(({ index, text, start, end, metadata }) => ({ index, text, start, end, metadata })),
    };
  }

  override async deleteDocument(collection: Collection, id: string): Promise<boolean> {
    const existed = await this.versions.delete(collection, id);
    if (existed === null) throw gone(collection)();
    return existed;
  }

  override async search(collection: Collection, request: SearchRequest): Promise<SearchHit[]> {
    if (request.mode !== 'keyword' && request.vector !== null) requireLength(collection, request.vector);
    const terms = request.mode === 'dense' ? [] : [...countTerms(request.query).keys()];
    const statistics = await readStatistics(this.database, collection, terms);
    if (statistics === null) throw gone(collection)();
    if (statistics.isEmpty) return [];
    const shape = this.shapes.nameFor(collection.dimensions);
    const known = { ...statistics, key: requireKey(collection, statistics.key) };
    const rounds = new SearchRounds(this.database, this.connection, shape, collection, request, known);
    const passages = await rounds.run();
    const ids = passages.map(({ candidate }) => candidate.point);
    const texts = await readTexts(this.connection, shape, ids, request.signal);
    return passages.flatMap((passage) => toHit(passage, texts.get(passage.candidate.point)));
  }

  override statistics(): Promise<CollectionStatistics[]> {
    return collectionStatistics(this.database, this.shapes);
  }

  override async documentContents(
    collection: Collection,
    ids: readonly string[],
  ): Promise<DocumentContent[]> {
    const contents = await this.contents(collection, ids);
    return contents.map(({ document, contentHash, chunks }) => ({ ...document, contentHash, chunks }));
  }

  /** Removes what nobody reads any more. @throws UnavailableError when Qdrant is down */
  sweep(): Promise<void> {
    return sweepLeftovers(this.allTenants, this.connection, this.shapes);
  }

  private contents(collection: Collection, ids: readonly string[]): Promise<StoredContent[]> {
    const shape = this.shapes.nameFor(collection.dimensions);
    return findContents(this.database, this.connection, shape, collection, ids);
  }

  private async trySweep(): Promise<void> {
    try {
      await this.sweep();
    } catch (error) {
      this.logger.warn(`Could not remove from Qdrant what was replaced or deleted: ${String(error)}`);
    }
  }
}

function toHit({ candidate, document: { document } }: Passage, text: string | undefined): SearchHit[] {
  // Its collection was deleted a moment ago.
  if (text === undefined) return [];
  return [
    {
      documentId: document.id,
      chunkIndex: candidate.index,
      text,
      score: Math.min(1, candidate.score),
      denseScore: candidate.denseScore,
      keywordScore: candidate.keywordScore,
      title: document.title,
      source: document.source,
      sourceType: document.sourceType,
      metadata: { ...candidate.place, ...document.metadata },
    },
  ];
}

function requireLength({ name, dimensions }: Collection, vector: Float32Array): void {
  if (vector.length === dimensions) return;
  throw new ConflictError(
    `Collection "${name}" holds vectors of ${dimensions} dimensions; this one has ${vector.length}.`,
  );
}

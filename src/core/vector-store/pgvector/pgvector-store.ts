import { Injectable } from '@nestjs/common';
import { ahead } from '../../../common/async/ahead.js';
import { Database, type Queryable } from '../../database/database.js';
import { analyzeDocuments } from '../bm25.js';
import { BookkeptVectorStore } from '../bookkeeping/bookkept-vector-store.js';
import * as collectionRows from '../bookkeeping/collection-table.js';
import { documentBatches } from '../bookkeeping/document-batches.js';
import * as documentRows from '../bookkeeping/document-table.js';
import { deletedMeanwhile, gone, rethrowMissing } from '../bookkeeping/missing-collection.js';
import type {
  Collection,
  CollectionStatistics,
  DocumentContent,
  DocumentToStore,
  SearchHit,
  SearchRequest,
  StoredDocument,
} from '../vector-store.js';
import * as chunkRows from './chunk-table.js';
import { collectionStatistics } from './collection-size.js';
import { isUnfiltered } from './filter-clause.js';
import { IndexReadiness } from './index/index-readiness.js';
import type { VectorIndexBuilder } from './index/vector-index-builder.js';
import { createPartitions, dropPartitions } from './partitions.js';
import { searchStatement } from './search-statement.js';
import { SearchedCollections } from './searched-collections.js';
import { type SearchRow, toHit } from './search-row.js';
import { refreshStatistics } from './statistics-refresh.js';
import { documentContents, findDocument } from './stored-document.js';

/** Chunks in PostgreSQL with pgvector, each collection in partitions of its own. */
@Injectable()
export class PgVectorStore extends BookkeptVectorStore {
  override readonly kind = 'pgvector';
  private readonly indexes: IndexReadiness;
  private readonly searched = new SearchedCollections();
  private vectorType: Promise<number> | null = null;

  /** @param builder of indexes; null where there are none */
  constructor(
    database: Database,
    private readonly builder: VectorIndexBuilder | null = null,
  ) {
    super(database, { create: createPartitions, drop: dropPartitions });
    this.indexes = new IndexReadiness(database);
  }

  override ping(): Promise<void> {
    return this.database.ping();
  }

  override async replaceDocuments(
    collection: Collection,
    documents: readonly DocumentToStore[],
  ): Promise<void> {
    const vectorType = await this.findVectorType();
    const encode = async (batch: readonly DocumentToStore[]) =>
      chunkRows.encodeChunks(await analyzeDocuments(batch), vectorType);
    for await (const encoded of ahead(documentBatches(documents), encode)) {
      await this.database
        .transaction((transaction) => replaceBatch(transaction, collection, encoded))
        .catch(rethrowMissing(deletedMeanwhile(collection)));
    }
    await refreshStatistics(this.database, collection.id).catch(rethrowMissing(gone(collection)));
  }

  override vectorsByInput(
    collection: Collection,
    ids: readonly string[],
  ): Promise<Map<string, Float32Array>> {
    return chunkRows
      .vectorsByInput(this.database, collection.id, ids)
      .catch(rethrowMissing(deletedMeanwhile(collection)));
  }

  override findDocument(collection: Collection, id: string): Promise<StoredDocument | null> {
    return findDocument(this.database, collection, id).catch(rethrowMissing(gone(collection)));
  }

  override deleteDocument(collection: Collection, id: string): Promise<boolean> {
    return this.database
      .transaction(async (transaction) => {
        const existed = await documentRows.deleteDocumentRow(transaction, collection.id, id);
        if (existed === null) throw gone(collection)();
        if (!existed) return false;
        const removed = await chunkRows.deleteChunks(transaction, collection.id, [id]);
        await collectionRows.addToTotals(transaction, collection.id, {
          documents: -1,
          chunks: -removed.chunks,
          terms: -removed.terms,
        });
        return true;
      })
      .catch(rethrowMissing(gone(collection)));
  }

  override findCollectionToSearch(name: string): Promise<Collection | null> {
    return this.searched.find(name, () => this.findCollection(name));
  }

  override async search(collection: Collection, request: SearchRequest): Promise<SearchHit[]> {
    const index = request.vector === null ? null : await this.indexes.searchParameters(collection);
    const { text, parameters } = searchStatement(collection, request, index);
    // The best way to a filter's few or many matches is worth planning each time.
    const query = isUnfiltered(request) ? 'queryPrepared' : 'query';
    const rows = await this.database[query]<SearchRow>(text, parameters).catch(
      rethrowMissing(() => {
        this.searched.forget(collection.name);
        return gone(collection)();
      }),
    );
    return rows.map(toHit);
  }

  override async prepareGeneration(generation: Collection, signal: AbortSignal): Promise<void> {
    await this.builder?.buildNow(generation, signal);
  }

  override statistics(): Promise<CollectionStatistics[]> {
    return collectionStatistics(this.database);
  }

  override documentContents(collection: Collection, ids: readonly string[]): Promise<DocumentContent[]> {
    return documentContents(this.database, collection.id, ids).catch(rethrowMissing(gone(collection)));
  }

  private async findVectorType(): Promise<number> {
    this.vectorType ??= chunkRows.vectorType(this.database);
    try {
      return await this.vectorType;
    } catch (error) {
      this.vectorType = null;
      throw error;
    }
  }
}

async function replaceBatch(
  transaction: Queryable,
  collection: Collection,
  encoded: chunkRows.EncodedChunks,
): Promise<void> {
  const { id: collectionId } = collection;
  const { documents, added } = encoded;
  const created = await documentRows.upsertDocuments(transaction, collectionId, documents);
  if (created === null) throw deletedMeanwhile(collection)();
  const ids = documents.map((document) => document.id);
  // Documents that were not there have no chunks.
  const removed =
    created === documents.length
      ? chunkRows.NO_CHUNKS
      : await chunkRows.deleteChunks(transaction, collectionId, ids);
  await chunkRows.insertChunks(transaction, collectionId, encoded);
  await collectionRows.addToTotals(transaction, collectionId, {
    documents: created,
    chunks: added.chunks - removed.chunks,
    terms: added.terms - removed.terms,
  });
}

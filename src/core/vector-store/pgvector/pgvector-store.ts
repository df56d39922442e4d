import { Injectable } from '@nestjs/common';
import { Database, type Queryable } from '../../database/database.js';
import { type AnalyzedDocument, analyzeDocuments } from '../bm25.js';
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
import { chunkTable, postingTable } from './tables.js';
import { searchStatement } from './search-statement.js';
import { SearchedCollections } from './searched-collections.js';
import { type SearchRow, toHit } from './search-row.js';
import { needsNewStatistics } from './statistics-refresh.js';
import { documentContents, findDocument } from './stored-document.js';

/** Of 3,000 rows, 10 values a column: the plans ask how many rows there are, hardly what is in them. */
const SMALL_SAMPLE = 'set local default_statistics_target = 10';

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
    for (const batch of documentBatches(documents)) {
      const analyzed = await analyzeDocuments(batch);
      await this.database
        .transaction((transaction) => replaceBatch(transaction, collection, analyzed, vectorType))
        .catch(rethrowMissing(deletedMeanwhile(collection)));
    }
    await this.refreshStatistics(collection);
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

  private async refreshStatistics(before: Collection): Promise<void> {
    const chunks = await collectionRows.countChunks(this.database, before);
    if (chunks === null || !needsNewStatistics(before.chunks, chunks)) return;
    // Without texts and vectors, of which it would sort a sample; what is joined is all that the planner asks about.
    const chunkColumns = '(id, collection_id, document_id)';
    await this.database
      .transaction(async (transaction) => {
        await transaction.query(SMALL_SAMPLE);
        await transaction.query(
          `analyze ${chunkTable(before.id)} ${chunkColumns}, ${postingTable(before.id)}, documents`,
        );
      })
      .catch(rethrowMissing(gone(before)));
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
  analyzed: readonly AnalyzedDocument[],
  vectorType: number,
): Promise<void> {
  const { id: collectionId } = collection;
  const documents = analyzed.map(({ document }) => document);
  const created = await documentRows.upsertDocuments(transaction, collectionId, documents);
  if (created === null) throw deletedMeanwhile(collection)();
  const ids = documents.map((document) => document.id);
  const removed = await chunkRows.deleteChunks(transaction, collectionId, ids);
  const added = await chunkRows.insertChunks(transaction, collectionId, analyzed, vectorType);
  await collectionRows.addToTotals(transaction, collectionId, {
    documents: created,
    chunks: added.chunks - removed.chunks,
    terms: added.terms - removed.terms,
  });
}

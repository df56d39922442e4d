import { Injectable } from '@nestjs/common';
import { Database, type Queryable } from '../../database/database.js';
import { type AnalyzedDocument, analyzeDocument } from '../bm25.js';
import * as collectionRows from '../bookkeeping/collection-table.js';
import { documentBatches } from '../bookkeeping/document-batches.js';
import * as documentRows from '../bookkeeping/document-table.js';
import { deletedMeanwhile, gone, rethrowMissing } from '../bookkeeping/missing-collection.js';
import {
  type Collection,
  type CollectionStatistics,
  type DocumentSummary,
  type DocumentToStore,
  type Page,
  type PageOf,
  type SearchHit,
  type SearchRequest,
  type StoredDocument,
  VectorStore,
} from '../vector-store.js';
import * as chunkRows from './chunk-table.js';
import { collectionStatistics } from './collection-size.js';
import { chunkTable, createPartitions, dropPartitions, postingTable } from './partitions.js';
import { searchStatement } from './search-statement.js';
import { type SearchRow, toHit } from './search-row.js';
import { needsNewStatistics } from './statistics-refresh.js';
import { findDocument } from './stored-document.js';

/** Chunks in PostgreSQL with pgvector, each collection in partitions of its own. */
@Injectable()
export class PgVectorStore extends VectorStore {
  override readonly kind = 'pgvector';
  private vectorType: Promise<number> | null = null;

  constructor(private readonly database: Database) {
    super();
  }

  override ping(): Promise<void> {
    return this.database.ping();
  }

  override ensureCollection(name: string, embeddingModel: string, dimensions: number): Promise<Collection> {
    return collectionRows.ensureCollection(this.database, name, embeddingModel, dimensions, createPartitions);
  }

  override findCollection(name: string): Promise<Collection | null> {
    return collectionRows.findCollection(this.database, name);
  }

  override listCollections(page: Page): Promise<PageOf<Collection>> {
    return collectionRows.listCollections(this.database, page);
  }

  override deleteCollection(name: string): Promise<Collection | null> {
    return collectionRows.deleteCollection(this.database, name, dropPartitions);
  }

  override async replaceDocuments(
    collection: Collection,
    documents: readonly DocumentToStore[],
  ): Promise<void> {
    const vectorType = await this.findVectorType();
    for (const batch of documentBatches(documents)) {
      const analyzed = await Promise.all(batch.map(analyzeDocument));
      await this.database
        .transaction((transaction) => replaceBatch(transaction, collection.id, analyzed, vectorType))
        .catch(rethrowMissing(deletedMeanwhile(collection)));
    }
    await this.refreshStatistics(collection);
  }

  override contentHashes(collection: Collection, ids: readonly string[]): Promise<Map<string, Buffer>> {
    return documentRows.contentHashes(this.database, collection.id, ids);
  }

  override vectorsByInput(
    collection: Collection,
    ids: readonly string[],
  ): Promise<Map<string, Float32Array>> {
    return chunkRows
      .vectorsByInput(this.database, collection.id, ids)
      .catch(rethrowMissing(deletedMeanwhile(collection)));
  }

  override listDocuments(collection: Collection, page: Page): Promise<PageOf<DocumentSummary>> {
    return documentRows.listDocuments(this.database, collection, page);
  }

  override findDocument(collection: Collection, id: string): Promise<StoredDocument | null> {
    return findDocument(this.database, collection, id).catch(rethrowMissing(gone(collection)));
  }

  override deleteDocument(collection: Collection, id: string): Promise<boolean> {
    return this.database
      .transaction(async (transaction) => {
        if (!(await documentRows.deleteDocumentRow(transaction, collection.id, id))) return false;
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

  override async search(collection: Collection, request: SearchRequest): Promise<SearchHit[]> {
    const { text, parameters } = searchStatement(collection, request);
    const rows = await this.database
      .query<SearchRow>(text, parameters)
      .catch(rethrowMissing(gone(collection)));
    return rows.map(toHit);
  }

  override statistics(): Promise<CollectionStatistics[]> {
    return collectionStatistics(this.database);
  }

  private async refreshStatistics(before: Collection): Promise<void> {
    const after = await this.findCollection(before.name);
    if (after === null || !needsNewStatistics(before.chunks, after.chunks)) return;
    await this.database
      .query(`analyze ${chunkTable(after.id)}, ${postingTable(after.id)}`)
      .catch(rethrowMissing(gone(after)));
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
  collectionId: number,
  analyzed: readonly AnalyzedDocument[],
  vectorType: number,
): Promise<void> {
  const documents = analyzed.map(({ document }) => document);
  const created = await documentRows.upsertDocuments(transaction, collectionId, documents);
  const ids = documents.map((document) => document.id);
  const removed = await chunkRows.deleteChunks(transaction, collectionId, ids);
  const added = await chunkRows.insertChunks(transaction, collectionId, analyzed, vectorType);
  await collectionRows.addToTotals(transaction, collectionId, {
    documents: created,
    chunks: added.chunks - removed.chunks,
    terms: added.terms - removed.terms,
  });
}

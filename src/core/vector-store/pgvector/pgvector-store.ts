import { Injectable } from '@nestjs/common';
import { ConflictError } from '../../../common/errors/conflict.error.js';
import { NotFoundError } from '../../../common/errors/not-found.error.js';
import { FOREIGN_KEY_VIOLATION, sqlState, UNDEFINED_TABLE } from '../../database/database-errors.js';
import { Database, type Queryable } from '../../database/database.js';
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
import * as collectionRows from './collection-table.js';
import * as documentRows from './document-table.js';
import { chunkTable, postingTable } from './partitions.js';
import { searchStatement } from './search-statement.js';
import { needsNewStatistics } from './statistics-refresh.js';
import { type SearchRow, toHit } from './search-row.js';
import { documentBatches } from './document-batches.js';

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
    return collectionRows.ensureCollection(this.database, name, embeddingModel, dimensions);
  }

  override findCollection(name: string): Promise<Collection | null> {
    return collectionRows.findCollection(this.database, name);
  }

  override listCollections(page: Page): Promise<PageOf<Collection>> {
    return collectionRows.listCollections(this.database, page);
  }

  override deleteCollection(name: string): Promise<Collection | null> {
    return collectionRows.deleteCollection(this.database, name);
  }

  override async replaceDocuments(
    collection: Collection,
    documents: readonly DocumentToStore[],
  ): Promise<void> {
    const vectorType = await this.findVectorType();
    for (const batch of documentBatches(documents)) {
      const analyzed = await Promise.all(batch.map((document) => chunkRows.analyzeDocument(document)));
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
    return documentRows.findDocument(this.database, collection, id).catch(rethrowMissing(gone(collection)));
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
    return collectionRows.collectionStatistics(this.database);
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
  analyzed: readonly chunkRows.AnalyzedDocument[],
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

/** A rejection handler that makes another error of one that says that the collection is not there any more. */
function rethrowMissing(makeError: () => Error): (error: unknown) => never {
  return (error) => {
    const state = sqlState(error);
    throw state === UNDEFINED_TABLE || state === FOREIGN_KEY_VIOLATION ? makeError() : error;
  };
}

function deletedMeanwhile(collection: Collection): () => Error {
  return () => new ConflictError(`${describe(collection)} was deleted meanwhile; send the request again.`);
}

function gone(collection: Collection): () => Error {
  return () => new NotFoundError(`${describe(collection)} does not exist.`);
}

function describe(collection: Collection): string {
  return `Collection "${collection.name}"`;
}

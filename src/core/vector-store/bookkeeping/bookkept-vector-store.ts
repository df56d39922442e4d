import type { Database } from '../../database/database.js';
import {
  type Collection,
  type DocumentSummary,
  type GenerationDifferences,
  type Page,
  type PageOf,
  VectorStore,
} from '../vector-store.js';
import * as collectionRows from './collection-table.js';
import * as documentRows from './document-table.js';
import * as generations from './generation-table.js';

/** A store whose collections and documents are listed in the database, wherever it keeps their chunks. */
export abstract class BookkeptVectorStore extends VectorStore {
  constructor(
    protected readonly database: Database,
    private readonly places: collectionRows.CollectionPlaces,
  ) {
    super();
  }

  override ensureCollection(name: string, embeddingModel: string, dimensions: number): Promise<Collection> {
    return collectionRows.ensureCollection(
      this.database,
      name,
      embeddingModel,
      dimensions,
      this.places.create,
    );
  }

  override findCollection(name: string): Promise<Collection | null> {
    return collectionRows.findCollection(this.database, name);
  }

  override listCollections(page: Page): Promise<PageOf<Collection>> {
    return collectionRows.listCollections(this.database, page);
  }

  override deleteCollection(name: string): Promise<Collection | null> {
    return collectionRows.deleteCollection(this.database, name, this.places.drop);
  }

  override contentHashes(collection: Collection, ids: readonly string[]): Promise<Map<string, Buffer>> {
    return documentRows.contentHashes(this.database, collection.id, ids);
  }

  override listDocuments(collection: Collection, page: Page): Promise<PageOf<DocumentSummary>> {
    return documentRows.listDocuments(this.database, collection, page);
  }

  override beginGeneration(
    collection: Collection,
    embeddingModel: string,
    dimensions: number,
  ): Promise<Collection> {
    const shape = { embeddingModel, dimensions };
    return generations.beginGeneration(this.database, collection, shape, this.places);
  }

  override findGeneration(collection: Collection): Promise<Collection | null> {
    return generations.findGeneration(this.database, collection);
  }

  override discardGeneration(generation: Collection): Promise<void> {
    return generations.discardGeneration(this.database, generation, this.places.drop);
  }

  override compareGeneration(
    collection: Collection,
    generation: Collection,
    limit: number,
  ): Promise<GenerationDifferences> {
    return generations.compareGeneration(this.database, collection, generation, limit);
  }

  override switchGeneration(collection: Collection, generation: Collection): Promise<boolean> {
    return generations.switchGeneration(this.database, collection, generation, this.places.drop);
  }
}

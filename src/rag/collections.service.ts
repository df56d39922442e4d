import { Injectable } from '@nestjs/common';
import { NotFoundError } from '../common/errors/not-found.error.js';
import type { ChunkMetadata } from '../core/vector-store/chunk-metadata.js';
import {
  type Collection,
  type DocumentSummary,
  type VectorIndexState,
  VectorStore,
} from '../core/vector-store/vector-store.js';
import { onCurrentGeneration } from './current-generation.js';
import type {
  ChunkMetadataDto,
  CollectionDeletedDto,
  CollectionDto,
  CollectionListDto,
  DocumentDeletedDto,
  DocumentDetailDto,
  DocumentListDto,
  DocumentSummaryDto,
  IndexStateDto,
  StatisticsDto,
} from './dto/collection-response.dto.js';
import type { CollectionNameDto, DocumentPathDto, PageDto } from './dto/fields.js';
import { chunkId } from './search.service.js';

/** What is stored: listing, looking up, removing. */
@Injectable()
export class CollectionsService {
  constructor(private readonly store: VectorStore) {}

  async list(page: PageDto): Promise<CollectionListDto> {
    const { items, total } = await this.store.listCollections(page);
    return { collections: items.map(toCollectionDto), total };
  }

  async delete({ name }: CollectionNameDto): Promise<CollectionDeletedDto> {
    const deleted = await this.store.deleteCollection(name);
    if (deleted === null) throw noCollection(name);
    return { deleted: true, name, documents: deleted.documents, chunks: deleted.chunks };
  }

  async listDocuments({ name }: CollectionNameDto, page: PageDto): Promise<DocumentListDto> {
    const { items, total } = await this.on(name, (collection) => this.store.listDocuments(collection, page));
    return { documents: items.map(toDocumentDto), total };
  }

  async findDocument({ name, id }: DocumentPathDto): Promise<DocumentDetailDto> {
    const document = await this.on(name, (collection) => this.store.findDocument(collection, id));
    if (document === null) throw noDocument(name, id);
    const chunks = document.chunks.map(({ index, text, start, end, metadata }) => ({
      chunk_id: chunkId(id, index),
      chunk_index: index,
      text,
      start,
      end,
      metadata: toMetadataDto(metadata),
    }));
    return { ...toDocumentDto(document), chunks };
  }

  async deleteDocument({ name, id }: DocumentPathDto): Promise<DocumentDeletedDto> {
    const existed = await this.on(name, (collection) => this.store.deleteDocument(collection, id));
    if (!existed) throw noDocument(name, id);
    return { deleted: true, id };
  }

  async statistics(): Promise<StatisticsDto> {
    const all = await this.store.statistics();
    const sum = (value: (item: (typeof all)[number]) => number) =>
      all.reduce((total, item) => total + value(item), 0);
    return {
      total_collections: all.length,
      total_documents: sum(({ collection }) => collection.documents),
      total_chunks: sum(({ collection }) => collection.chunks),
      total_bytes: sum(({ bytes }) => bytes),
      collections: all.map(({ collection, bytes, index }) => ({
        ...toCollectionDto(collection),
        bytes,
        index: toIndexDto(index),
      })),
      embedding_models: [...new Set(all.map(({ collection }) => collection.embeddingModel))],
      vector_store: this.store.kind,
    };
  }

  private async on<Result>(name: string, work: (collection: Collection) => Promise<Result>): Promise<Result> {
    const collection = await this.store.findCollection(name);
    if (collection === null) throw noCollection(name);
    return onCurrentGeneration(this.store, collection, work);
  }
}

function noCollection(name: string): NotFoundError {
  return new NotFoundError(`Collection "${name}" does not exist.`);
}

function noDocument(name: string, id: string): NotFoundError {
  return new NotFoundError(`Collection "${name}" has no document "${id}".`);
}

function toCollectionDto(collection: Collection): CollectionDto {
  return {
    name: collection.name,
    documents: collection.documents,
    chunks: collection.chunks,
    embedding_model: collection.embeddingModel,
    dimensions: collection.dimensions,
    created_at: collection.createdAt.toISOString(),
    updated_at: collection.updatedAt.toISOString(),
  };
}

function toIndexDto({ state, method, progress }: VectorIndexState): IndexStateDto {
  return { state, kind: method, ...(progress !== null && { progress_percent: progress }) };
}

function toMetadataDto({ headings, ...place }: ChunkMetadata): ChunkMetadataDto {
  return { ...place, ...(headings !== undefined && { headings: [...headings] }) };
}

function toDocumentDto(document: DocumentSummary): DocumentSummaryDto {
  return {
    id: document.id,
    title: document.title,
    source: document.source,
    source_type: document.sourceType,
    metadata: { ...document.metadata },
    characters: document.characters,
    chunk_count: document.chunkCount,
    created_at: document.createdAt.toISOString(),
    updated_at: document.updatedAt.toISOString(),
  };
}

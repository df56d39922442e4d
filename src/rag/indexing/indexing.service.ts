import { Injectable } from '@nestjs/common';
import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { ConflictError } from '../../common/errors/conflict.error.js';
import { ValidationError } from '../../common/errors/validation.error.js';
import { AppConfig } from '../../config/app-config.js';
import type { EmbeddingModel } from '../../core/llm/embedding-model.js';
import { type Collection, type DocumentToStore, VectorStore } from '../../core/vector-store/vector-store.js';
import { type EmbeddedTexts, TextEmbedder } from '../../embeddings/text-embedder.js';
import { type ChunkOptions, maximumChunkCount } from '../chunking/chunk-options.js';
import { TextChunker } from '../chunking/text-chunker.js';
import type { IndexResultDto } from '../dto/index-response.dto.js';
import { type ChunkOfPart, chunkParts } from './chunk-parts.js';
import { embeddingInput, inputHash } from './content-identity.js';
import { chunkOptions, identifyDocuments, type IdentifiedDocument } from './identified-document.js';
import type { IndexRequest } from './source-document.js';

/** How far the bound on the number of chunks may exceed what is allowed before the work of cutting is refused. */
const WORK_PER_CHUNK = 4;
/** Most characters in all chunks of a request; a large overlap repeats the text many times. */
const MAX_CHUNK_CHARACTERS = 64_000_000;

interface PreparedChunk extends ChunkOfPart {
  readonly input: string;
  readonly inputHash: Buffer;
}

interface PreparedDocument extends IdentifiedDocument {
  readonly chunks: readonly PreparedChunk[];
}

/** Cuts documents into chunks, embeds what is new and stores it. */
@Injectable()
export class IndexingService {
  constructor(
    private readonly store: VectorStore,
    private readonly embedder: TextEmbedder,
    private readonly chunker: TextChunker,
    private readonly config: AppConfig,
  ) {}

  async index(request: IndexRequest, signal: AbortSignal): Promise<IndexResultDto> {
    const options = chunkOptions(request);
    const documents = identifyDocuments(request.documents, options);
    const existing = await this.store.findCollection(request.collection);
    const model = this.collectionModel(request, existing);
    const changed = await this.changedDocuments(existing, documents);
    const prepared = await this.prepare(changed, options);
    const { vectors, embedded } = await this.embed(model, existing, prepared, signal);
    const dimensions = existing?.dimensions ?? vectors.values().next().value?.length;
    if (dimensions !== undefined) {
      await this.write(request.collection, model, dimensions, prepared, vectors);
    }
    const ids = documents.map((document) => document.id);
    return {
      collection: request.collection,
      indexed: prepared.length,
      unchanged: new Set(ids).size - prepared.length,
      chunks: prepared.reduce((total, document) => total + document.chunks.length, 0),
      document_ids: ids,
      usage: embedded.usage,
    };
  }

  private collectionModel(request: IndexRequest, existing: Collection | null): EmbeddingModel {
    const { embedding_model: requested } = request;
    if (existing === null) return this.embedder.model(requested, ['embedding_model']);
    if (requested !== undefined) {
      refuseOtherModel(existing, this.embedder.model(requested, ['embedding_model']).descriptor.id);
    }
    return this.embedder.storedModel(existing.embeddingModel);
  }

  /** Without those that are stored already just as they are, and each once. */
  private async changedDocuments(
    collection: Collection | null,
    documents: readonly IdentifiedDocument[],
  ): Promise<IdentifiedDocument[]> {
    const unique = [...new Map(documents.map((document) => [document.id, document])).values()];
    if (collection === null) return unique;
    const ids = unique.map((document) => document.id);
    const hashes = await this.store.contentHashes(collection, ids);
    return unique.filter((document) => !hashes.get(document.id)?.equals(document.contentHash));
  }

  private async prepare(
    documents: readonly IdentifiedDocument[],
    options: ChunkOptions,
  ): Promise<PreparedDocument[]> {
    const { maxChunksPerRequest } = this.config.retrieval;
    const prepared: PreparedDocument[] = [];
    let chunks = 0;
    let characters = 0;
    for (const identified of documents) {
      const document = await this.prepareDocument(identified, options, maxChunksPerRequest - chunks);
      chunks += document.chunks.length;
      characters += document.chunks.reduce((total, chunk) => total + chunk.text.length, 0);
      if (chunks > maxChunksPerRequest || characters > MAX_CHUNK_CHARACTERS) {
        throw tooManyChunks(identified.index, maxChunksPerRequest);
      }
      prepared.push(document);
      await yieldToOthers();
    }
    return prepared;
  }

  private async prepareDocument(
    identified: IdentifiedDocument,
    options: ChunkOptions,
    allowance: number,
  ): Promise<PreparedDocument> {
    const { text, title, parts } = identified.document;
    if (maximumChunkCount(text.length, options) > WORK_PER_CHUNK * allowance) {
      throw tooManyChunks(identified.index, this.config.retrieval.maxChunksPerRequest);
    }
    const chunks = await chunkParts(this.chunker, text, parts, options);
    return {
      ...identified,
      chunks: chunks.map((chunk) => {
        const input = embeddingInput(title, chunk.text);
        return { ...chunk, input, inputHash: inputHash(input) };
      }),
    };
  }

  /** Vectors of all chunks by input hash; only those that the collection doesn't hold already are embedded. */
  private async embed(
    model: EmbeddingModel,
    collection: Collection | null,
    documents: readonly PreparedDocument[],
    signal: AbortSignal,
  ): Promise<{ vectors: Map<string, Float32Array>; embedded: EmbeddedTexts }> {
    const ids = documents.map((document) => document.id);
    const vectors =
      collection === null
        ? new Map<string, Float32Array>()
        : await this.store.vectorsByInput(collection, ids);
    const missing = new Map<string, { input: string; index: number }>();
    for (const { index, chunks } of documents) {
      for (const { input, inputHash } of chunks) {
        const key = inputHash.toString('hex');
        if (!vectors.has(key)) missing.set(key, { input, index });
      }
    }
    const entries = [...missing];
    const embedded = await this.embedder.embed({
      model,
      texts: entries.map(([, { input }]) => input),
      dimensions: collection?.dimensions,
      signal,
      fieldOf: (position) => ['documents', entries[position]?.[1].index ?? 0, 'text'],
    });
    entries.forEach(([key], position) => {
      const vector = embedded.vectors[position];
      if (vector !== undefined) vectors.set(key, vector);
    });
    return { vectors, embedded };
  }

  private async write(
    name: string,
    model: EmbeddingModel,
    dimensions: number,
    documents: readonly PreparedDocument[],
    vectors: ReadonlyMap<string, Float32Array>,
  ): Promise<void> {
    const collection = await this.store.ensureCollection(name, model.descriptor.id, dimensions);
    // Another request may have made it a moment ago.
    refuseOtherModel(collection, model.descriptor.id, dimensions);
    await this.store.replaceDocuments(
      collection,
      documents.map((document) => toStored(document, vectors)),
    );
  }
}

function refuseOtherModel(collection: Collection, model: string, dimensions = collection.dimensions): void {
  if (collection.embeddingModel === model && collection.dimensions === dimensions) return;
  throw new ConflictError(
    `Collection "${collection.name}" is embedded by ${collection.embeddingModel} with ${collection.dimensions} ` +
      'dimensions. Leave out embedding_model, or use another collection.',
  );
}

function toStored(
  { id, contentHash, document, chunks }: PreparedDocument,
  vectors: ReadonlyMap<string, Float32Array>,
): DocumentToStore {
  return {
    id,
    contentHash,
    title: document.title ?? null,
    source: document.source ?? null,
    sourceType: document.source_type ?? null,
    metadata: document.metadata ?? {},
    characters: document.text.length,
    chunks: chunks.map(({ index, text, start, end, metadata, inputHash }) => {
      const vector = vectors.get(inputHash.toString('hex'));
      if (vector === undefined) throw new Error('A chunk was not embedded.');
      return { index, text, start, end, metadata, inputHash, vector };
    }),
  };
}

function tooManyChunks(index: number, limit: number): ValidationError {
  return ValidationError.at(
    ['documents', index, 'text'],
    `takes the request over ${limit} chunks; raise chunk_size, lower chunk_overlap, or send fewer documents`,
    'too_long',
  );
}

import { Injectable } from '@nestjs/common';
import { TimeSlice } from '../../common/async/time-slice.js';
import { ValidationError } from '../../common/errors/validation.error.js';
import { AppConfig } from '../../config/app-config.js';
import type { EmbeddingModel } from '../../core/llm/embedding-model.js';
import { type Collection, VectorStore } from '../../core/vector-store/vector-store.js';
import { TextEmbedder } from '../../embeddings/text-embedder.js';
import { onCurrentGeneration } from '../current-generation.js';
import { type ChunkOptions, maximumChunkCount } from '../chunking/chunk-options.js';
import { TextChunker } from '../chunking/text-chunker.js';
import { type ChunkOfPart, chunkParts } from './chunk-parts.js';
import { embeddingInput, inputHash } from './content-identity.js';
import { chunkOptions, identifyDocuments, type IdentifiedDocument } from './identified-document.js';
import { refuseOtherModel } from './refuse-other-model.js';
import type { IndexRequest } from './source-document.js';

/** How far the bound on the number of chunks may exceed what is allowed before the work of cutting is refused. */
const WORK_PER_CHUNK = 4;
/** Most characters in all chunks of a request; a large overlap repeats the text many times. */
const MAX_CHUNK_CHARACTERS = 64_000_000;

export interface PreparedChunk extends ChunkOfPart {
  readonly input: string;
  readonly inputHash: Buffer;
}

export interface PreparedDocument extends IdentifiedDocument {
  readonly chunks: readonly PreparedChunk[];
}

/** What a request amounts to. */
export interface IndexPlan {
  readonly options: ChunkOptions;
  /** Ids in the order of the request. */
  readonly ids: readonly string[];
  /** Each document once. */
  readonly documents: readonly IdentifiedDocument[];
  readonly model: EmbeddingModel;
  /** The collection as it is; null for a new one. */
  readonly existing: Collection | null;
}

/** Finds out what there is to do, and cuts documents into chunks. Changes nothing by itself. */
@Injectable()
export class IndexPlanner {
  constructor(
    private readonly store: VectorStore,
    private readonly embedder: TextEmbedder,
    private readonly chunker: TextChunker,
    private readonly config: AppConfig,
  ) {}

  /** @throws ValidationError, and ConflictError for another model than the collection's */
  async plan(request: IndexRequest): Promise<IndexPlan> {
    const options = chunkOptions(request);
    const identified = identifyDocuments(request.documents, options);
    const existing = await this.store.findCollection(request.collection);
    return {
      options,
      ids: identified.map(({ id }) => id),
      documents: [...new Map(identified.map((document) => [document.id, document])).values()],
      model: this.collectionModel(request, existing),
      existing,
    };
  }

  /**
   * Carries a plan out, or a new one where the collection gave way to another generation meanwhile.
   * @param work harmless to do twice
   */
  async carryOut<Result>(request: IndexRequest, work: (plan: IndexPlan) => Promise<Result>): Promise<Result> {
    const plan = await this.plan(request);
    if (plan.existing === null) return work(plan);
    return onCurrentGeneration(this.store, plan.existing, async (collection) =>
      work(collection === plan.existing ? plan : await this.plan(request)),
    );
  }

  /** Without those that are stored already just as they are. */
  async changedDocuments({ existing, documents }: IndexPlan): Promise<readonly IdentifiedDocument[]> {
    if (existing === null) return documents;
    const ids = documents.map((document) => document.id);
    const hashes = await this.store.contentHashes(existing, ids);
    return documents.filter((document) => !hashes.get(document.id)?.equals(document.contentHash));
  }

  /** @throws ValidationError when there are more chunks than one request may have */
  async prepare(
    documents: readonly IdentifiedDocument[],
    options: ChunkOptions,
  ): Promise<PreparedDocument[]> {
    const { maxChunksPerRequest } = this.config.retrieval;
    const prepared: PreparedDocument[] = [];
    const slice = new TimeSlice();
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
      if (slice.isOver) await slice.breathe();
    }
    return prepared;
  }

  private collectionModel(request: IndexRequest, existing: Collection | null): EmbeddingModel {
    const { embedding_model: requested } = request;
    if (existing === null) return this.embedder.model(requested, ['embedding_model']);
    if (requested !== undefined) {
      refuseOtherModel(existing, this.embedder.model(requested, ['embedding_model']).descriptor.id);
    }
    return this.embedder.storedModel(existing.embeddingModel);
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
}

function tooManyChunks(index: number, limit: number): ValidationError {
  return ValidationError.at(
    ['documents', index, 'text'],
    `takes the request over ${limit} chunks; raise chunk_size, lower chunk_overlap, or send fewer documents`,
    'too_long',
  );
}

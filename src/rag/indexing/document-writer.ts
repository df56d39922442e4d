import { Injectable } from '@nestjs/common';
import type { UsageDto } from '../../common/http/usage.dto.js';
import type { EmbeddingModel } from '../../core/llm/embedding-model.js';
import { type Collection, type DocumentToStore, VectorStore } from '../../core/vector-store/vector-store.js';
import { type EmbeddedTexts, TextEmbedder } from '../../embeddings/text-embedder.js';
import type { PreparedDocument } from './index-planner.js';
import { refuseOtherModel } from './refuse-other-model.js';

export interface IndexTarget {
  /** Name of the collection, which is made where it doesn't exist. */
  readonly collection: string;
  readonly existing: Collection | null;
  readonly model: EmbeddingModel;
}

/** Embeds documents that were cut into chunks, and stores them. */
@Injectable()
export class DocumentWriter {
  constructor(
    private readonly store: VectorStore,
    private readonly embedder: TextEmbedder,
  ) {}

  /** Each document is stored whole or not at all. @returns what the embedding consumed */
  async embedAndStore(
    { collection, existing, model }: IndexTarget,
    documents: readonly PreparedDocument[],
    signal: AbortSignal,
  ): Promise<UsageDto> {
    const { vectors, embedded } = await this.embed(model, existing, documents, signal);
    const dimensions = existing?.dimensions ?? vectors.values().next().value?.length;
    if (dimensions !== undefined) await this.write(collection, model, dimensions, documents, vectors);
    return embedded.usage;
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

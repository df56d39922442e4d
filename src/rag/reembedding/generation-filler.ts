import { Injectable } from '@nestjs/common';
import { ValidationError } from '../../common/errors/validation.error.js';
import type { UsageDto } from '../../common/http/usage.dto.js';
import type { EmbeddingModel } from '../../core/llm/embedding-model.js';
import { type Collection, type DocumentContent, VectorStore } from '../../core/vector-store/vector-store.js';
import { TextEmbedder } from '../../embeddings/text-embedder.js';
import { embeddingInput } from '../indexing/content-identity.js';
import { MAX_BATCH_CHARACTERS, MAX_BATCH_DOCUMENTS } from '../indexing/index-batches.js';

/** Ids that are compared at once; a comparison reads both generations, so that few of them are better. */
const COMPARED = 500;

export interface Filling {
  readonly collection: Collection;
  /** Of the same documents, by `model`. */
  readonly generation: Collection;
  readonly model: EmbeddingModel;
}

/** Makes another generation hold the documents that its collection holds. */
@Injectable()
export class GenerationFiller {
  constructor(
    private readonly store: VectorStore,
    private readonly embedder: TextEmbedder,
  ) {}

  /**
   * Makes some of what differs the same.
   * @param onCopied is told what each group of documents consumed
   * @returns whether that was all that differed when it began
   */
  async advance(
    filling: Filling,
    signal: AbortSignal,
    onCopied: (usage: UsageDto) => Promise<void>,
  ): Promise<boolean> {
    const { collection, generation } = filling;
    const { changed, removed } = await this.store.compareGeneration(collection, generation, COMPARED);
    for (const id of removed) {
      signal.throwIfAborted();
      await this.store.deleteDocument(generation, id);
    }
    for await (const documents of this.batches(collection, changed)) {
      signal.throwIfAborted();
      await onCopied(await this.copy(filling, documents, signal));
    }
    return changed.length < COMPARED && removed.length < COMPARED;
  }

  private async *batches(collection: Collection, ids: readonly string[]): AsyncGenerator<DocumentContent[]> {
    let batch: DocumentContent[] = [];
    let characters = 0;
    for (const id of ids) {
      // One at a time, because a document may have very many chunks.
      const [document] = await this.store.documentContents(collection, [id]);
      if (document === undefined) continue;
      batch.push(document);
      characters += document.chunks.reduce((total, chunk) => total + chunk.text.length, 0);
      if (batch.length < MAX_BATCH_DOCUMENTS && characters < MAX_BATCH_CHARACTERS) continue;
      yield batch;
      batch = [];
      characters = 0;
    }
    if (batch.length > 0) yield batch;
  }

  private async copy(
    { generation, model }: Filling,
    documents: readonly DocumentContent[],
    signal: AbortSignal,
  ): Promise<UsageDto> {
    const inputs = documents.flatMap(({ id, title, chunks }) =>
      chunks.map(({ text, inputHash }) => ({
        id,
        key: inputHash.toString('hex'),
        input: embeddingInput(title ?? undefined, text),
      })),
    );
    const embedded = await this.embedder
      .embed({
        model,
        texts: inputs.map(({ input }) => input),
        dimensions: generation.dimensions,
        signal,
        fieldOf: (position) => [position],
      })
      .catch((error: unknown) => {
        throw refusedDocument(error, (position) => inputs[position]?.id);
      });
    const vectors = new Map(inputs.map(({ key }, position) => [key, embedded.vectors[position]]));
    await this.store.replaceDocuments(
      generation,
      documents.map((document) => withVectors(document, vectors)),
    );
    return embedded.usage;
  }
}

function withVectors(document: DocumentContent, vectors: ReadonlyMap<string, Float32Array | undefined>) {
  const chunks = document.chunks.map((chunk) => {
    const vector = vectors.get(chunk.inputHash.toString('hex'));
    if (vector === undefined) throw new Error('A chunk was not embedded.');
    return { ...chunk, vector };
  });
  return { ...document, chunks };
}

/** A chunk that is too long for the model, as an error that says whose it is. */
function refusedDocument(error: unknown, documentAt: (position: number) => string | undefined): unknown {
  if (!(error instanceof ValidationError)) return error;
  const position = error.errors[0]?.loc.at(-1);
  const id = typeof position === 'number' ? documentAt(position) : undefined;
  if (id === undefined) return error;
  return ValidationError.at(
    ['embedding_model'],
    `takes shorter texts than the chunks of document "${id}"; index that with a smaller chunk_size first`,
    'string_too_long',
  );
}

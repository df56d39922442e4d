import { Injectable } from '@nestjs/common';
import { NotFoundError } from '../../common/errors/not-found.error.js';
import type { EmbeddingModel } from '../../core/llm/embedding-model.js';
import { type Collection, VectorStore } from '../../core/vector-store/vector-store.js';
import { TextEmbedder } from '../../embeddings/text-embedder.js';
import type { ReembedDto } from '../dto/reembed.dto.js';

export interface ReembedPlan {
  readonly collection: Collection;
  readonly model: EmbeddingModel;
  /** Length that was asked for; null for the model's own. */
  readonly dimensions: number | null;
}

/** Finds out what a collection is to be embedded by. Changes nothing. */
@Injectable()
export class ReembedPlanner {
  constructor(
    private readonly store: VectorStore,
    private readonly embedder: TextEmbedder,
  ) {}

  /** @throws NotFoundError, and ValidationError for a model or length that can't be had */
  async plan(name: string, request: ReembedDto): Promise<ReembedPlan> {
    const collection = await this.store.findCollection(name);
    if (collection === null) throw new NotFoundError(`Collection "${name}" does not exist.`);
    const model = this.embedder.model(request.embedding_model, ['embedding_model']);
    this.embedder.requireDimensions(model, request.dimensions);
    return { collection, model, dimensions: request.dimensions ?? null };
  }

  /** Length of the vectors; a model that is in no catalogue is asked for one. */
  async dimensionsOf({ collection, model, dimensions }: ReembedPlan, signal: AbortSignal): Promise<number> {
    const known = dimensions ?? model.descriptor.dimensions;
    if (known !== null) return known;
    const texts = [collection.name];
    const probe = await this.embedder.embed({ model, texts, signal, fieldOf: () => ['embedding_model'] });
    return probe.dimensions;
  }
}

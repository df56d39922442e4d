import { Injectable } from '@nestjs/common';
import { NotConfiguredError } from '../common/errors/not-configured.error.js';
import { ValidationError } from '../common/errors/validation.error.js';
import type { UsageDto } from '../common/http/usage.dto.js';
import type { EmbeddedText, EmbeddingModel, EmbeddingModelDescriptor } from '../core/llm/embedding-model.js';
import { costOf } from '../core/llm/embedding-cost.js';
import { EmbeddingModels } from '../core/llm/embedding-models.js';
import { InputTooLongError } from '../core/llm/input-too-long.error.js';
import { UnknownModelError } from '../core/llm/unknown-model.error.js';
import { checkDimensions } from './check-dimensions.js';

type FieldPath = readonly (string | number)[];

export interface TextsToEmbed {
  readonly model: EmbeddingModel;
  readonly texts: readonly string[];
  readonly dimensions?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Where in the body the text at an index came from, for the error that it is too long. */
  readonly fieldOf: (index: number) => FieldPath;
}

export interface EmbeddedTexts {
  /** In the order of the texts. */
  readonly vectors: readonly Float32Array[];
  readonly dimensions: number;
  readonly cachedCount: number;
  readonly usage: UsageDto;
}

/** Embedding as capabilities use it: models by the names that clients send, errors that point at their fields. */
@Injectable()
export class TextEmbedder {
  constructor(private readonly models: EmbeddingModels) {}

  /** @throws ValidationError at `field` for a model that nobody knows */
  model(id: string | undefined, field: FieldPath): EmbeddingModel {
    try {
      return this.models.get(id);
    } catch (error) {
      if (error instanceof UnknownModelError) throw ValidationError.at(field, error.message, 'unknown_model');
      throw error;
    }
  }

  /** @throws ValidationError when the model can't make vectors of that length */
  requireDimensions({ descriptor }: EmbeddingModel, dimensions: number | undefined): void {
    checkDimensions(descriptor, dimensions);
  }

  /** The model that a collection was embedded by. @throws NotConfiguredError when it can't be used any more */
  storedModel(id: string): EmbeddingModel {
    try {
      return this.models.get(id);
    } catch (error) {
      if (!(error instanceof UnknownModelError)) throw error;
      throw new NotConfiguredError(
        `The collection is embedded by ${id}, which is not configured. Set EMBEDDING_MODEL to it, or index anew.`,
      );
    }
  }

  async embed({ model, fieldOf, ...request }: TextsToEmbed): Promise<EmbeddedTexts> {
    try {
      return summarize(model.descriptor, await model.embed(request));
    } catch (error) {
      if (!(error instanceof InputTooLongError)) throw error;
      throw ValidationError.at(
        fieldOf(error.index),
        `must have at most ${error.maxInputTokens} tokens for ${error.modelId}`,
        'string_too_long',
      );
    }
  }
}

function summarize(descriptor: EmbeddingModelDescriptor, embedded: readonly EmbeddedText[]): EmbeddedTexts {
  const tokens = embedded.reduce((total, text) => total + text.promptTokens, 0);
  return {
    vectors: embedded.map((text) => text.vector),
    dimensions: embedded[0]?.vector.length ?? 0,
    cachedCount: embedded.filter((text) => text.cached).length,
    usage: { prompt_tokens: tokens, total_tokens: tokens, cost_usd: costOf(descriptor, tokens) },
  };
}

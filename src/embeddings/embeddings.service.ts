import { Injectable } from '@nestjs/common';
import { EmbeddingModels } from '../core/llm/embedding-models.js';
import { checkDimensions } from './check-dimensions.js';
import type { BatchEmbeddingDto, GenerateEmbeddingDto, SimilarityDto } from './dto/embedding-request.dto.js';
import type {
  BatchEmbeddingResultDto,
  EmbeddingModelListDto,
  GenerateEmbeddingResultDto,
  SimilarityResultDto,
} from './dto/embedding-response.dto.js';
import { encodeEmbedding } from './encode-embedding.js';
import { type EmbeddedTexts, TextEmbedder, type TextsToEmbed } from './text-embedder.js';
import { cosineSimilarity } from './vector-math.js';

@Injectable()
export class EmbeddingsService {
  constructor(
    private readonly embedder: TextEmbedder,
    private readonly models: EmbeddingModels,
  ) {}

  async generate(request: GenerateEmbeddingDto, signal: AbortSignal): Promise<GenerateEmbeddingResultDto> {
    const embedded = await this.embed(request, [request.text], () => ['text'], signal);
    return {
      embedding: encodeEmbedding(firstOf(embedded), request.encoding_format),
      model: embedded.model,
      dimensions: embedded.dimensions,
      usage: embedded.usage,
      cached: embedded.cachedCount === 1,
    };
  }

  async batch(request: BatchEmbeddingDto, signal: AbortSignal): Promise<BatchEmbeddingResultDto> {
    const embedded = await this.embed(request, request.texts, (index) => ['texts', index], signal);
    return {
      embeddings: embedded.vectors.map((vector) => encodeEmbedding(vector, request.encoding_format)),
      model: embedded.model,
      dimensions: embedded.dimensions,
      count: embedded.vectors.length,
      usage: embedded.usage,
      cached_count: embedded.cachedCount,
    };
  }

  async similarity(request: SimilarityDto, signal: AbortSignal): Promise<SimilarityResultDto> {
    const texts = [request.text1, request.text2];
    const embedded = await this.embed(request, texts, (index) => [index === 0 ? 'text1' : 'text2'], signal);
    const [first, second] = embedded.vectors;
    if (first === undefined || second === undefined) throw new Error('Two texts make two vectors.');
    return { similarity: cosineSimilarity(first, second), model: embedded.model, usage: embedded.usage };
  }

  listModels(): EmbeddingModelListDto {
    const models = this.models.list().map((model) => ({
      id: model.id,
      provider: model.provider,
      dimensions: model.dimensions,
      ...(model.minDimensions !== null && { min_dimensions: model.minDimensions }),
      max_input_tokens: model.maxInputTokens,
      price_per_million_tokens: model.pricePerMillionTokens,
      default: this.models.isDefault(model.id),
    }));
    return { models };
  }

  private async embed(
    { model: modelId, dimensions }: { model?: string; dimensions?: number },
    texts: readonly string[],
    fieldOf: TextsToEmbed['fieldOf'],
    signal: AbortSignal,
  ): Promise<EmbeddedTexts & { model: string }> {
    const model = this.embedder.model(modelId, ['model']);
    checkDimensions(model.descriptor, dimensions);
    const embedded = await this.embedder.embed({ model, texts, dimensions, signal, fieldOf });
    return { ...embedded, model: model.descriptor.id };
  }
}

function firstOf({ vectors: [vector] }: EmbeddedTexts): Float32Array {
  if (vector === undefined) throw new Error('A text makes a vector.');
  return vector;
}

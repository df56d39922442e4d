import { Injectable } from '@nestjs/common';
import { ChatModels } from '../core/llm/chat-models.js';
import { EmbeddingModels } from '../core/llm/embedding-models.js';
import type { ModelDto, ModelListDto } from './dto/model.dto.js';

@Injectable()
export class ModelsService {
  constructor(
    private readonly chat: ChatModels,
    private readonly embeddings: EmbeddingModels,
  ) {}

  list(): ModelListDto {
    return { models: [...this.chatModels(), ...this.embeddingModels()] };
  }

  private chatModels(): ModelDto[] {
    return this.chat.list().map((model) => ({
      id: model.id,
      kind: 'chat',
      provider: model.provider,
      context_tokens: model.contextTokens,
      max_output_tokens: model.maxOutputTokens,
      price_per_million_input_tokens: model.pricePerMillionInputTokens,
      price_per_million_output_tokens: model.pricePerMillionOutputTokens,
      retires_on: model.retiresOn,
      default: this.chat.isDefault(model.id),
    }));
  }

  private embeddingModels(): ModelDto[] {
    return this.embeddings.list().map((model) => ({
      id: model.id,
      kind: 'embedding',
      provider: model.provider,
      context_tokens: model.maxInputTokens,
      dimensions: model.dimensions,
      price_per_million_input_tokens: model.pricePerMillionTokens,
      retires_on: null,
      default: this.embeddings.isDefault(model.id),
    }));
  }
}

import { Injectable } from '@nestjs/common';
import { ChatModels } from '../core/llm/chat-models.js';
import { EmbeddingModels } from '../core/llm/embedding-models.js';
import { TranscriptionModels } from '../core/llm/transcription-models.js';
import type { ModelDto, ModelListDto } from './dto/model.dto.js';

@Injectable()
export class ModelsService {
  constructor(
    private readonly chat: ChatModels,
    private readonly embeddings: EmbeddingModels,
    private readonly transcription: TranscriptionModels,
  ) {}

  list(): ModelListDto {
    return { models: [...this.chatModels(), ...this.embeddingModels(), ...this.transcriptionModels()] };
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

  private transcriptionModels(): ModelDto[] {
    if (!this.transcription.isConfigured) return [];
    return this.transcription.list().map((model) => ({
      id: model.id,
      kind: 'transcription',
      provider: model.provider,
      context_tokens: null,
      max_seconds: model.maxSeconds,
      max_bytes: model.maxBytes,
      price_per_million_input_tokens: null,
      price_per_minute_usd: model.pricePerMinute,
      retires_on: model.retiresOn,
      default: model.id === this.transcription.default.id,
    }));
  }
}

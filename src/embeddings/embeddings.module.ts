import { Module } from '@nestjs/common';
import { LlmModule } from '../core/llm/llm.module.js';
import { EmbeddingsController } from './embeddings.controller.js';
import { EmbeddingsService } from './embeddings.service.js';
import { TextEmbedder } from './text-embedder.js';

@Module({
  imports: [LlmModule],
  controllers: [EmbeddingsController],
  providers: [EmbeddingsService, TextEmbedder],
  exports: [TextEmbedder],
})
export class EmbeddingsModule {}

import { Module } from '@nestjs/common';
import { CacheModule } from '../cache/cache.module.js';
import { EmbeddingModels } from './embedding-models.js';
import { ProviderStates } from './provider-states.js';
import { OpenAiClient } from './providers/openai/openai-client.js';

@Module({
  imports: [CacheModule],
  providers: [EmbeddingModels, OpenAiClient, ProviderStates],
  exports: [EmbeddingModels, ProviderStates],
})
export class LlmModule {}

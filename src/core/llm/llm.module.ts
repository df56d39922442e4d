import { Module } from '@nestjs/common';
import { LimitsModule } from '../limits/limits.module.js';
import { CacheModule } from '../cache/cache.module.js';
import { ChatModels } from './chat-models.js';
import { ClientSchemas } from './client-schema.js';
import { EmbeddingModels } from './embedding-models.js';
import { KnownModels } from './known-models.js';
import { ProviderCalls } from './provider-calls.js';
import { ProviderStates } from './provider-states.js';
import { AnthropicClient } from './providers/anthropic/anthropic-client.js';
import { SchemaWorker } from './schema-worker.js';
import { TranscriptionModels } from './transcription-models.js';
import { OpenAiClient } from './providers/openai/openai-client.js';
import { ProviderClients } from './providers/provider-clients.js';
import { CircuitBreakers } from './resilience/circuit-breakers.js';
import { UsageMeter } from './usage-meter.js';

@Module({
  imports: [CacheModule, LimitsModule],
  providers: [
    ChatModels,
    ClientSchemas,
    EmbeddingModels,
    OpenAiClient,
    AnthropicClient,
    ProviderClients,
    KnownModels,
    ProviderCalls,
    ProviderStates,
    SchemaWorker,
    TranscriptionModels,
    CircuitBreakers,
    UsageMeter,
  ],
  exports: [
    ChatModels,
    CircuitBreakers,
    ClientSchemas,
    EmbeddingModels,
    KnownModels,
    ProviderClients,
    ProviderStates,
    TranscriptionModels,
    UsageMeter,
  ],
})
export class LlmModule {}

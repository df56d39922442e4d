import type { Environment } from './environment.js';
import type { AnalysisProvider } from './settings/analysis.settings.js';
import { type CacheConfig, cacheConfig } from './settings/cache.settings.js';
import { type ComplexityConfig, complexityConfig } from './settings/complexity.settings.js';
import { type DatabaseConfig, databaseConfig } from './settings/database.settings.js';
import { type EmbeddingConfig, embeddingConfig } from './settings/embedding.settings.js';
import { type FileReadingConfig, fileReadingConfig } from './settings/file-reading.settings.js';
import { type JobsConfig, jobsConfig } from './settings/jobs.settings.js';
import { type LimitsConfig, limitsConfig } from './settings/limits.settings.js';
import { type LlmConfig, llmConfig } from './settings/llm.settings.js';
import { type MediaConfig, mediaConfig } from './settings/media.settings.js';
import {
  anthropicConfig,
  openAiConfig,
  type ProviderAccess,
  type ProviderConfig,
  providerConfig,
} from './settings/provider.settings.js';
import { type RetrievalConfig, retrievalConfig } from './settings/retrieval.settings.js';
import { type SecurityConfig, securityConfig } from './settings/security.settings.js';
import { type ServerConfig, serverConfig } from './settings/server.settings.js';
import { type TenancyConfig, tenancyConfig } from './settings/tenancy.settings.js';
import { type TracingConfig, tracingConfig } from './settings/tracing.settings.js';
import { type TranscriptionConfig, transcriptionConfig } from './settings/transcription.settings.js';
import { type UploadConfig, uploadConfig } from './settings/upload.settings.js';
import { type VectorStoreConfig, vectorStoreConfig } from './settings/vector-store.settings.js';

/** All settings as one typed, frozen value. Inject it by its class. */
export class AppConfig {
  readonly server!: ServerConfig;
  readonly upload!: UploadConfig;
  readonly security!: SecurityConfig;
  readonly tenancy!: TenancyConfig;
  readonly limits!: LimitsConfig;
  readonly fileReading!: FileReadingConfig;
  readonly database!: DatabaseConfig;
  readonly vectorStore!: VectorStoreConfig;
  readonly cache!: CacheConfig;
  readonly embedding!: EmbeddingConfig;
  readonly provider!: ProviderConfig;
  /** Null when neither a key nor a base address is set. */
  readonly openai!: ProviderAccess | null;
  /** Null when neither a key nor a base address is set. */
  readonly anthropic!: ProviderAccess | null;
  readonly llm!: LlmConfig;
  readonly retrieval!: RetrievalConfig;
  readonly tracing!: TracingConfig;
  readonly complexity!: ComplexityConfig;
  readonly jobs!: JobsConfig;
  readonly analysisProvider!: AnalysisProvider;
  readonly media!: MediaConfig;
  readonly transcription!: TranscriptionConfig;

  private constructor(sections: { readonly [Name in keyof AppConfig]: AppConfig[Name] }) {
    Object.assign(this, sections);
    Object.freeze(this);
  }

  static from(environment: Environment): AppConfig {
    return new AppConfig({
      server: serverConfig(environment.server),
      upload: uploadConfig(environment.upload),
      security: securityConfig(environment.security),
      tenancy: tenancyConfig(environment.tenancy),
      limits: limitsConfig(environment.limits),
      fileReading: fileReadingConfig(environment.fileReading),
      database: databaseConfig(environment.database),
      vectorStore: vectorStoreConfig(environment.vectorStore),
      cache: cacheConfig(environment.cache),
      embedding: embeddingConfig(environment.embedding),
      provider: providerConfig(environment.provider),
      openai: openAiConfig(environment.provider),
      anthropic: anthropicConfig(environment.provider),
      llm: llmConfig(environment.llm),
      retrieval: retrievalConfig(environment.retrieval),
      tracing: tracingConfig(environment.tracing),
      complexity: complexityConfig(environment.complexity),
      jobs: jobsConfig(environment.jobs),
      analysisProvider: environment.analysis.ANALYSIS_PROVIDER,
      media: mediaConfig(environment.media),
      transcription: transcriptionConfig(environment.transcription),
    });
  }
}

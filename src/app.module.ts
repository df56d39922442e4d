import { type DynamicModule, Module } from '@nestjs/common';
import { ComplexityModule } from './complexity/complexity.module.js';
import { AnalysisModule } from './analysis/analysis.module.js';
import { HttpModule } from './common/http/http.module.js';
import { AppConfigModule } from './config/app-config.module.js';
import type { AppConfig } from './config/app-config.js';
import { DatabaseModule } from './core/database/database.module.js';
import type { EmbeddedPostgres } from './core/database/embedded/embedded-postgres.js';
import { LimitsModule } from './core/limits/limits.module.js';
import { EmbeddingsModule } from './embeddings/embeddings.module.js';
import { HealthModule } from './health/health.module.js';
import { JobsModule } from './jobs/jobs.module.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { ModelsModule } from './models/models.module.js';
import { RagModule } from './rag/rag.module.js';
import { TranscriptionModule } from './transcription/transcription.module.js';

@Module({
  imports: [
    HttpModule,
    LimitsModule,
    EmbeddingsModule,
    RagModule,
    AnalysisModule,
    ComplexityModule,
    JobsModule,
    ModelsModule,
    TranscriptionModule,
    HealthModule,
    MetricsModule,
  ],
})
export class AppModule {
  /** @param postgres the embedded database, where it runs already */
  static forRoot(config: AppConfig, postgres: EmbeddedPostgres | null = null): DynamicModule {
    return {
      module: AppModule,
      imports: [AppConfigModule.forRoot(config), DatabaseModule.forRoot(config, postgres)],
    };
  }
}

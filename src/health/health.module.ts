import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { CacheModule } from '../core/cache/cache.module.js';
import { LlmModule } from '../core/llm/llm.module.js';
import { VectorStoreModule } from '../core/vector-store/vector-store.module.js';
import { HealthController } from './health.controller.js';
import { HealthService } from './health.service.js';
import { OptionalDependencies } from './optional-dependencies.js';
import { RequiredDependencies } from './required-dependencies.js';

@Module({
  imports: [TerminusModule.forRoot({ logger: false }), CacheModule, LlmModule, VectorStoreModule],
  controllers: [HealthController],
  providers: [HealthService, RequiredDependencies, OptionalDependencies],
})
export class HealthModule {}

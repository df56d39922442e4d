import { Module } from '@nestjs/common';
import { CacheModule } from '../core/cache/cache.module.js';
import { LlmModule } from '../core/llm/llm.module.js';
import { DependencyMetrics } from './dependency-metrics.js';
import { MetricsController } from './metrics.controller.js';
import { UsageMetrics } from './usage-metrics.js';

@Module({
  imports: [CacheModule, LlmModule],
  controllers: [MetricsController],
  providers: [DependencyMetrics, UsageMetrics],
})
export class MetricsModule {}

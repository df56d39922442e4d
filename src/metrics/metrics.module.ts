import { Module } from '@nestjs/common';
import { CacheModule } from '../core/cache/cache.module.js';
import { JobQueueModule } from '../core/jobs/job-queue.module.js';
import { LlmModule } from '../core/llm/llm.module.js';
import { MediaModule } from '../core/media/media.module.js';
import { DependencyMetrics } from './dependency-metrics.js';
import { JobMetrics } from './job-metrics.js';
import { MetricsController } from './metrics.controller.js';
import { QueueMetrics } from './queue-metrics.js';
import { UsageMetrics } from './usage-metrics.js';

@Module({
  imports: [CacheModule, JobQueueModule, LlmModule, MediaModule],
  controllers: [MetricsController],
  providers: [DependencyMetrics, JobMetrics, QueueMetrics, UsageMetrics],
})
export class MetricsModule {}

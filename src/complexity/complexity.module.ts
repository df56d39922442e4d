import { Module } from '@nestjs/common';
import { LlmModule } from '../core/llm/llm.module.js';
import { AccuracyService } from './accuracy.service.js';
import { ComplexityController } from './complexity.controller.js';
import { ComplexityHealthService } from './complexity-health.service.js';
import { EstimateService } from './estimate.service.js';
import { EstimateRetention } from './history/estimate-retention.js';
import { TaskHistory } from './history/task-history.js';
import { HistoryController } from './history.controller.js';
import { HistoryService } from './history.service.js';
import { LayeredEstimator } from './layers/layered-estimator.js';
import { ModelJudge } from './layers/model-judge.js';
import { ProjectModels } from './models/project-models.js';
import { PostAnalysisService } from './post-analysis.service.js';
import { ScaleController } from './scale.controller.js';
import { ScaleService } from './scale.service.js';

@Module({
  imports: [LlmModule],
  controllers: [ComplexityController, ScaleController, HistoryController],
  providers: [
    AccuracyService,
    ComplexityHealthService,
    EstimateRetention,
    EstimateService,
    HistoryService,
    LayeredEstimator,
    ModelJudge,
    PostAnalysisService,
    ProjectModels,
    ScaleService,
    TaskHistory,
  ],
})
export class ComplexityModule {}

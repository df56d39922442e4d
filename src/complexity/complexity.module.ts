import { Module } from '@nestjs/common';
import { ComplexityController } from './complexity.controller.js';
import { TaskHistory } from './history/task-history.js';
import { HistoryService } from './history.service.js';
import { ScaleService } from './scale.service.js';

@Module({
  controllers: [ComplexityController],
  providers: [HistoryService, ScaleService, TaskHistory],
})
export class ComplexityModule {}

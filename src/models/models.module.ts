import { Module } from '@nestjs/common';
import { LlmModule } from '../core/llm/llm.module.js';
import { ModelsController } from './models.controller.js';
import { ModelsService } from './models.service.js';

@Module({
  imports: [LlmModule],
  controllers: [ModelsController],
  providers: [ModelsService],
})
export class ModelsModule {}

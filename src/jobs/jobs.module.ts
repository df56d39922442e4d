import { Module } from '@nestjs/common';
import { JobQueueModule } from '../core/jobs/job-queue.module.js';
import { JobEventsService } from './job-events.service.js';
import { JobsController } from './jobs.controller.js';
import { JobsService } from './jobs.service.js';

@Module({
  imports: [JobQueueModule],
  controllers: [JobsController],
  providers: [JobsService, JobEventsService],
})
export class JobsModule {}

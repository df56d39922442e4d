import { Module } from '@nestjs/common';
import { JobQueueModule } from '../core/jobs/job-queue.module.js';
import { LlmModule } from '../core/llm/llm.module.js';
import { MediaModule } from '../core/media/media.module.js';
import { AbilitiesService } from './abilities.service.js';
import { ConversionService } from './conversion.service.js';
import { EstimateService } from './estimate.service.js';
import { Recordings } from './recordings.js';
import { Transcriber } from './transcriber.js';
import { TranscriptionController } from './transcription.controller.js';
import { TranscriptionJob } from './transcription-job.js';
import { TranscriptionRequests } from './transcription-requests.js';
import { TranscriptionService } from './transcription.service.js';

@Module({
  imports: [JobQueueModule, LlmModule, MediaModule],
  controllers: [TranscriptionController],
  providers: [
    TranscriptionRequests,
    TranscriptionJob,
    TranscriptionService,
    ConversionService,
    EstimateService,
    AbilitiesService,
    Recordings,
    Transcriber,
  ],
})
export class TranscriptionModule {}

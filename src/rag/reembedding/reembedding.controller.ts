import { Body, Controller, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Endpoint } from '../../common/http/endpoint.decorator.js';
import { IdempotencyKey } from '../../common/http/idempotency-key.decorator.js';
import type { JobAcceptedDto } from '../../common/http/job-accepted.js';
import { RequestSignal } from '../../common/http/request-signal.decorator.js';
import { RunModeDto } from '../../common/http/run-mode.dto.js';
import { UsesDatabase } from '../../common/http/shedding/uses-database.decorator.js';
import { CollectionNameDto } from '../dto/fields.js';
import { ReembedDto, ReembedResultDto } from '../dto/reembed.dto.js';
import { ReembedJob } from './reembed-job.js';
import { ReembeddingService } from './reembedding.service.js';

@ApiTags('rag')
@UsesDatabase()
@Controller('rag')
export class ReembeddingController {
  constructor(
    private readonly reembedding: ReembeddingService,
    private readonly job: ReembedJob,
  ) {}

  @Post('collection/:name/reembed')
  @Endpoint({
    summary: 'Give a collection another embedding model',
    description:
      'Searches are answered from the old vectors until all new ones are there, and from then on by the new ones. ' +
      'After a failure or a cancelled job the collection is as before. A second call takes the place of the first.',
    response: ReembedResultDto,
    calls: 'model',
    mayBeJob: true,
    errors: ['not-found', 'conflict'],
  })
  reembed(
    @Param() { name }: CollectionNameDto,
    @Body() request: ReembedDto,
    @Query() mode: RunModeDto,
    @IdempotencyKey() key: string | null,
    @RequestSignal() signal: AbortSignal,
  ): Promise<ReembedResultDto | JobAcceptedDto> {
    return mode.async ? this.job.submit(name, request, key) : this.reembedding.reembed(name, request, signal);
  }
}

import { Body, Controller, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Endpoint } from '../../common/http/endpoint.decorator.js';
import { IdempotencyKey } from '../../common/http/idempotency-key.decorator.js';
import type { JobAcceptedDto } from '../../common/http/job-accepted.js';
import { RequestSignal } from '../../common/http/request-signal.decorator.js';
import { RunModeDto } from '../../common/http/run-mode.dto.js';
import type { TemporaryFile } from '../../common/http/uploads/temporary-file.js';
import { TakesUpload, UploadedTemporaryFile } from '../../common/http/uploads/upload.decorators.js';
import { UsesDatabase } from '../../common/http/shedding/uses-database.decorator.js';
import { IndexFileDto, IndexFileResultDto } from '../dto/index-file.dto.js';
import { FilesService } from './files.service.js';
import { IndexFileJob } from './index-file-job.js';

@ApiTags('rag')
@UsesDatabase()
@Controller('rag')
export class FilesController {
  constructor(
    private readonly files: FilesService,
    private readonly job: IndexFileJob,
  ) {}

  @Post('index/file')
  @TakesUpload()
  @Endpoint({
    summary: 'Store a file as a document',
    description:
      'Its chunks say on which page, slide or sheet they are, and under which headings. A file that is encrypted, ' +
      'empty, scanned or broken is answered with 422.',
    response: IndexFileResultDto,
    calls: 'model',
    mayBeJob: true,
    errors: ['conflict'],
  })
  index(
    @UploadedTemporaryFile() file: TemporaryFile,
    @Body() request: IndexFileDto,
    @Query() mode: RunModeDto,
    @IdempotencyKey() key: string | null,
    @RequestSignal() signal: AbortSignal,
  ): Promise<IndexFileResultDto | JobAcceptedDto> {
    return mode.async ? this.job.submit(file, request, key, signal) : this.files.index(file, request, signal);
  }
}

import { Controller, Delete, Get, Header, Param, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Endpoint } from '../common/http/endpoint.decorator.js';
import { RequestSignal } from '../common/http/request-signal.decorator.js';
import { UsesDatabase } from '../common/http/shedding/uses-database.decorator.js';
import { JobListQueryDto, JobPathDto } from './dto/job-request.dto.js';
import { JobDto, JobListDto } from './dto/job-response.dto.js';
import { JobEventsService } from './job-events.service.js';
import { JobsService } from './jobs.service.js';

@ApiTags('jobs')
@UsesDatabase()
@Controller('jobs')
export class JobsController {
  constructor(
    private readonly jobs: JobsService,
    private readonly events: JobEventsService,
  ) {}

  @Get()
  @Endpoint({ summary: 'List jobs', description: 'Newest first.', response: JobListDto })
  list(@Query() query: JobListQueryDto): Promise<JobListDto> {
    return this.jobs.list(query);
  }

  @Get(':id')
  @Endpoint({ summary: 'Look up a job', response: JobDto, errors: ['not-found'] })
  find(@Param() path: JobPathDto): Promise<JobDto> {
    return this.jobs.find(path);
  }

  @Get(':id/events')
  @Header('Cache-Control', 'no-store')
  @Header('X-Accel-Buffering', 'no')
  @Endpoint({
    summary: 'Follow a job',
    description:
      'Server-sent events: `progress` with the job whenever it changes, and at last `succeeded`, `failed` or ' +
      '`cancelled` with the job as `GET /api/v1/jobs/{id}` has it. A stream that ends without one of these was cut ' +
      'off; open it again.',
    streams: true,
    errors: ['not-found', 'rate-limited'],
  })
  follow(@Param() path: JobPathDto, @RequestSignal() signal: AbortSignal): Promise<StreamableFile> {
    return this.events.stream(path, signal);
  }

  @Delete(':id')
  @Endpoint({
    summary: 'Cancel a job',
    description:
      'The work stops within about two seconds, wherever it runs. What it has stored by then stays.',
    response: JobDto,
    errors: ['not-found', 'conflict'],
  })
  cancel(@Param() path: JobPathDto, @RequestSignal() signal: AbortSignal): Promise<JobDto> {
    return this.jobs.cancel(path, signal);
  }
}

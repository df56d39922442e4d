import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ProblemDto } from '../../common/errors/problem.js';
import { JOB_STATES, type JobState } from '../../core/jobs/job.js';

/** A job, without its result. */
export class JobSummaryDto {
  @ApiProperty({ description: 'Id of the job.', example: 'f7a2c1d0-6a55-4c0e-9a52-4a6f8f0b7c11' })
  id!: string;

  @ApiProperty({ description: 'What it does.', example: 'rag.index' })
  kind!: string;

  @ApiProperty({
    description: 'Where it is: it waits, is at work, or has ended in one of three ways.',
    enum: JOB_STATES,
    example: 'running',
  })
  state!: JobState;

  @ApiProperty({ description: 'How far it has come, 0 to 1.', minimum: 0, maximum: 1, example: 0.25 })
  progress!: number;

  @ApiPropertyOptional({ description: 'Steps finished, where countable.', type: 'integer', example: 25 })
  done?: number;

  @ApiPropertyOptional({ description: 'Steps in all, where countable.', type: 'integer', example: 100 })
  total?: number;

  @ApiProperty({ description: 'ISO 8601.', example: '2026-11-24T09:30:00.000Z' })
  created_at!: string;

  @ApiProperty({
    description: 'When it was first started, ISO 8601; null while it waits.',
    type: 'string',
    nullable: true,
    example: '2026-11-24T09:30:01.000Z',
  })
  started_at!: string | null;

  @ApiProperty({
    description: 'When it ended, ISO 8601; null until it has.',
    type: 'string',
    nullable: true,
    example: null,
  })
  finished_at!: string | null;

  @ApiPropertyOptional({
    description: 'Why it failed: what the answer would have been without `?async=true`.',
    type: ProblemDto,
  })
  problem?: ProblemDto;
}

export class JobDto extends JobSummaryDto {
  @ApiPropertyOptional({
    description:
      'What came out of it, once it has succeeded: the body that the answer would have had without `?async=true`.',
    type: 'object',
    additionalProperties: true,
    example: { collection: 'default', indexed: 2, unchanged: 0, chunks: 2 },
  })
  result?: object;
}

export class JobListDto {
  @ApiProperty({ description: 'Newest first; results are left out.', type: [JobSummaryDto] })
  jobs!: JobSummaryDto[];

  @ApiProperty({ description: 'How many there are in all.', type: 'integer', example: 1 })
  total!: number;
}

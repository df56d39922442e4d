import type { Job, JobSummary } from '../core/jobs/job.js';
import type { JobDto, JobSummaryDto } from './dto/job-response.dto.js';

export function toSummaryDto(job: JobSummary): JobSummaryDto {
  const { fraction, done, total } = job.progress;
  return {
    id: job.id,
    kind: job.kind,
    state: job.state,
    progress: fraction,
    ...(done !== null && { done }),
    ...(total !== null && { total }),
    created_at: job.createdAt.toISOString(),
    started_at: job.startedAt?.toISOString() ?? null,
    finished_at: job.finishedAt?.toISOString() ?? null,
    ...(job.problem !== null && { problem: job.problem }),
  };
}

export function toJobDto(job: Job): JobDto {
  return { ...toSummaryDto(job), ...(job.result !== null && { result: job.result }) };
}

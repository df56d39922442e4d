import { Injectable } from '@nestjs/common';
import { TimeLimit } from '../common/async/time-limit.js';
import { ConflictError } from '../common/errors/conflict.error.js';
import { NotFoundError } from '../common/errors/not-found.error.js';
import { hasEnded, type Job, type JobSummary } from '../core/jobs/job.js';
import { Jobs } from '../core/jobs/jobs.js';
import { JobWatch } from '../core/jobs/job-watch.js';
import type { JobListQueryDto, JobPathDto } from './dto/job-request.dto.js';
import type { JobDto, JobListDto } from './dto/job-response.dto.js';
import { toJobDto, toSummaryDto } from './to-job-dto.js';

/** How long a cancellation waits for the work to stop before it is answered all the same. */
const STOP_MS = 3000;

/** Jobs as clients see them. */
@Injectable()
export class JobsService {
  constructor(
    private readonly jobs: Jobs,
    private readonly watch: JobWatch,
  ) {}

  async find({ id }: JobPathDto): Promise<JobDto> {
    return toJobDto(await this.get(id));
  }

  async list({ kind, state, limit, offset }: JobListQueryDto): Promise<JobListDto> {
    const { items, total } = await this.jobs.list({ kind, state }, { limit, offset });
    return { jobs: items.map(toSummaryDto), total };
  }

  /** Asks the work to stop, and gives it a moment to do so. */
  async cancel({ id }: JobPathDto, signal: AbortSignal): Promise<JobDto> {
    const asked = await this.jobs.cancel(id);
    const job = asked === null ? await this.get(id) : await this.untilEnded(asked, signal);
    if (asked === null || job.state === 'succeeded' || job.state === 'failed') {
      throw new ConflictError(`Job ${job.id} has ended already: it ${WORDS[job.state]}.`);
    }
    return toJobDto({ result: null, ...job });
  }

  private async untilEnded(job: JobSummary, signal: AbortSignal): Promise<JobSummary> {
    if (hasEnded(job)) return job;
    const limit = new TimeLimit(STOP_MS, signal);
    let last = job;
    try {
      for await (const now of this.watch.follow(job.id, limit.signal)) last = now;
      return last;
    } finally {
      limit.clear();
    }
  }

  private async get(id: string): Promise<Job> {
    const job = await this.jobs.find(id);
    if (job === null) throw new NotFoundError('There is no such job, or none any more.');
    return job;
  }
}

const WORDS: Record<JobSummary['state'], string> = {
  queued: 'waits',
  running: 'is running',
  succeeded: 'succeeded',
  failed: 'failed',
  cancelled: 'was cancelled',
};

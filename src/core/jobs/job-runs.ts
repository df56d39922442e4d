import { Injectable, Logger } from '@nestjs/common';
import { AppConfig } from '../../config/app-config.js';
import { JobFiles } from './job-files.js';
import { JobHandlers } from './job-handlers.js';
import { JobLeases, type LeasedJob } from './job-leases.js';
import { JobRun } from './job-run.js';

/** The jobs that this process is running. */
@Injectable()
export class JobRuns {
  private readonly logger = new Logger(JobRuns.name);
  private readonly running = new Set<JobRun>();

  constructor(
    private readonly handlers: JobHandlers,
    private readonly leases: JobLeases,
    private readonly files: JobFiles,
    private readonly config: AppConfig,
  ) {}

  get isIdle(): boolean {
    return this.running.size === 0;
  }

  all(): JobRun[] {
    return [...this.running];
  }

  /** Kinds of which another job can be started now; none when the process has enough to do. */
  freeKinds(): string[] {
    const { concurrency: places } = this.config.jobs;
    if (this.running.size >= places) return [];
    const share = Math.max(1, places - 1);
    return this.handlers
      .all()
      .filter(({ kind, concurrency = share }) => this.count(kind) < concurrency)
      .map(({ kind }) => kind);
  }

  /** Settles when the job is over for this process. Never rejects. */
  async start(job: LeasedJob): Promise<void> {
    const handler = this.handlers.get(job.kind);
    if (handler === undefined) throw new Error(`Nobody handles jobs of kind ${job.kind}.`);
    const { leases, files, logger } = this;
    const run = new JobRun(job, handler, { leases, files, logger });
    this.running.add(run);
    await run.execute();
    this.running.delete(run);
  }

  private count(kind: string): number {
    return this.all().filter(({ job }) => job.kind === kind).length;
  }
}

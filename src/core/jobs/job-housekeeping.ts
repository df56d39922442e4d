import { Injectable, Logger } from '@nestjs/common';
import { toFailure } from '../../common/errors/failure.js';
import { toProblem } from '../../common/errors/problem.js';
import { AppConfig } from '../../config/app-config.js';
import { AllTenantsDatabase } from '../database/all-tenants-database.js';
import { type AbandonedJob, JobLeases } from './job-leases.js';
import { IDEMPOTENCY_HOURS } from './job-table.js';

const RECOVERY_INTERVAL_MS = 5000;
const CLEANING_INTERVAL_MS = 60_000;
/** Most jobs that one round of cleaning deletes. */
const MAX_DELETED = 500;
/** Pieces of a file whose job never came: its request, or its process, ended on the way. */
const ORPHAN_HOURS = 24;

/** Brings back jobs whose process has ended, and deletes those that are kept no longer. */
@Injectable()
export class JobHousekeeping {
  private readonly logger = new Logger(JobHousekeeping.name);
  private recoveredAt: number | null = null;
  private cleanedAt: number | null = null;

  constructor(
    private readonly database: AllTenantsDatabase,
    private readonly leases: JobLeases,
    private readonly config: AppConfig,
  ) {}

  /** Does what is due. Called often. */
  async round(): Promise<void> {
    if (isDue(this.recoveredAt, RECOVERY_INTERVAL_MS)) {
      // Nobody else can use the embedded database, so what ran when this process began runs no more.
      const everyone = this.recoveredAt === null && this.config.database.kind === 'embedded';
      await this.recover(everyone);
      this.recoveredAt = performance.now();
    }
    if (isDue(this.cleanedAt, CLEANING_INTERVAL_MS)) {
      await this.clean();
      this.cleanedAt = performance.now();
    }
  }

  private async recover(everyone: boolean): Promise<void> {
    for (const job of await this.leases.abandoned({ everyone })) {
      const isRecovered = await this.settle(job);
      if (isRecovered) this.logger.warn(`Job ${job.id} was left by its process after start ${job.attempts}.`);
    }
  }

  private settle(job: AbandonedJob): Promise<boolean> {
    if (job.isCancelRequested) return this.leases.cancel(job);
    if (job.attempts < this.config.jobs.maxAttempts) return this.leases.release(job, true);
    const failure = {
      ...toFailure(null),
      detail: `The process that ran the job ended unexpectedly, ${job.attempts} times. The job is not tried again.`,
    };
    return this.leases.fail(job, toProblem(failure, { instance: job.requestPath, requestId: job.requestId }));
  }

  private async clean(): Promise<void> {
    const deleted = await this.database.query(
      `delete from jobs where id in (
         select id from jobs
         where finished_at < now() - make_interval(hours => $1)
           and (idempotency_key is null or created_at < now() - make_interval(hours => $2))
         order by finished_at limit ${MAX_DELETED} for update skip locked
       ) returning id`,
      [this.config.jobs.retentionHours, IDEMPOTENCY_HOURS],
    );
    const orphans = await this.database.query(
      `delete from job_files where created_at < now() - make_interval(hours => $1)
         and not exists (select from jobs where id = job_id and finished_at is null) returning position`,
      [ORPHAN_HOURS],
    );
    // The embedded database has no daemon that does this.
    if (this.config.database.kind === 'embedded' && deleted.length + orphans.length > 0) {
      await this.database.query('vacuum jobs, job_files');
    }
  }
}

function isDue(last: number | null, intervalMs: number): boolean {
  return last === null || performance.now() - last >= intervalMs;
}

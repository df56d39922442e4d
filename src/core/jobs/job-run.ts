import { Logger } from '@nestjs/common';
import { toFailure } from '../../common/errors/failure.js';
import { toProblem } from '../../common/errors/problem.js';
import { retry, type RetryPolicy } from '../../common/async/retry.js';
import { UnavailableError } from '../../common/errors/unavailable.error.js';
import { runInContext } from '../../common/http/request-context.js';
import type { JobProgress } from './job.js';
import type { JobFiles } from './job-files.js';
import type { JobAdvance, JobContext, JobHandler } from './job-handler.js';
import { JobCancelled, JobLost, JobSuspended } from './job-interruptions.js';
import type { JobLeases, LeasedJob } from './job-leases.js';

/** Reports of progress without a checkpoint that come sooner than this after the last one are left out. */
const SAVE_INTERVAL_MS = 250;
/** For the end of a job, while the database is away for a moment. */
const END_RETRIES: RetryPolicy = {
  maxRetries: 10,
  baseDelayMs: 100,
  maxDelayMs: 2000,
  maxRetryAfterMs: 10_000,
  budgetMs: 20_000,
};

interface JobRunTools {
  readonly leases: JobLeases;
  readonly files: JobFiles;
  readonly logger: Logger;
}

/** One start of a job: runs its handler and writes how it ended. */
export class JobRun {
  private readonly abort = new AbortController();
  private progress: JobProgress;
  private lastSaved = -Infinity;

  constructor(
    readonly job: LeasedJob,
    private readonly handler: JobHandler,
    private readonly tools: JobRunTools,
  ) {
    this.progress = job.progress;
  }

  /** Asks the handler to stop; the first reason counts. */
  interrupt(reason: JobCancelled | JobSuspended | JobLost): void {
    this.abort.abort(reason);
  }

  /** Settles when the job is over for this process. Never rejects. */
  async execute(): Promise<void> {
    try {
      const end = await runInContext(this.job.request, () => this.work());
      await retry(end, {
        policy: END_RETRIES,
        adviceOn: (error) => (error instanceof UnavailableError ? { retryAfterMs: null } : null),
      });
    } catch (error) {
      // The lease will run out, and then the job is started again.
      this.tools.logger.error(`The end of job ${this.job.id} could not be stored.`, stackOf(error));
    }
  }

  /** @returns what writes the end */
  private async work(): Promise<() => Promise<boolean>> {
    const { leases } = this.tools;
    try {
      const result = JSON.stringify(await this.handler.run(this.job.payload, this.context()));
      return () => leases.succeed(this.job, result);
    } catch (error) {
      return this.endAfter(error);
    }
  }

  private endAfter(error: unknown): () => Promise<boolean> {
    const { leases, logger } = this.tools;
    const reason: unknown = this.abort.signal.reason;
    if (reason instanceof JobLost) return () => Promise.resolve(false);
    if (reason instanceof JobSuspended) return () => leases.release(this.job, false);
    if (reason instanceof JobCancelled) return () => leases.cancel(this.job);
    const failure = toFailure(error);
    const line = `Job ${this.job.id} (${this.job.kind}) failed: ${failure.status} ${failure.code}`;
    if (failure.code === 'internal-error') logger.error(line, stackOf(error));
    else logger.warn(line);
    const { path: instance, requestId } = this.job.request;
    return () => leases.fail(this.job, toProblem(failure, { instance, requestId }));
  }

  private context(): JobContext {
    return {
      jobId: this.job.id,
      signal: this.abort.signal,
      checkpoint: this.job.checkpoint,
      save: (advance) => this.save(advance),
      readFile: (name) => this.tools.files.read(this.job.id, name),
    };
  }

  private async save({ done, total, fraction, checkpoint }: JobAdvance): Promise<void> {
    this.abort.signal.throwIfAborted();
    const next = { done: done ?? this.progress.done, total: total ?? this.progress.total };
    const share = fraction ?? (next.total ? (next.done ?? 0) / next.total : this.progress.fraction);
    this.progress = { ...next, fraction: Math.min(1, Math.max(0, share)) };
    const now = performance.now();
    if (checkpoint === undefined && now - this.lastSaved < SAVE_INTERVAL_MS) return;
    this.lastSaved = now;
    const json = checkpoint === undefined ? null : JSON.stringify(checkpoint);
    if (!(await this.tools.leases.save(this.job, this.progress, json))) {
      this.interrupt(new JobLost());
      this.abort.signal.throwIfAborted();
    }
  }
}

function stackOf(error: unknown): string | undefined {
  return error instanceof Error ? error.stack : undefined;
}

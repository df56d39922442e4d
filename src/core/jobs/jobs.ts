import { Injectable } from '@nestjs/common';
import { createHash, randomUUID } from 'node:crypto';
import type { Caller } from '../../common/auth/caller.js';
import { ConflictError } from '../../common/errors/conflict.error.js';
import { RateLimitedError } from '../../common/errors/rate-limited.error.js';
import { currentRequest, currentRequestId } from '../../common/http/request-context.js';
import { AppConfig } from '../../config/app-config.js';
import { Database, type Queryable } from '../database/database.js';
import type { Job, JobSummary } from './job.js';
import { JobBell } from './job-bell.js';
import { JobFiles } from './job-files.js';
import * as table from './job-table.js';

/** Work to be done later. */
export interface JobSubmission {
  /** Of a registered `JobHandler`. */
  readonly kind: string;
  /** JSON that the handler gets. Where files come with it, it has what tells them apart, e.g. their SHA-256. */
  readonly payload: object;
  /** Files that the handler reads by their names. They are read here before anything is answered. */
  readonly files?: readonly JobFileSource[];
  /** The same key of the same caller within 24 hours gives the same job. */
  readonly idempotencyKey?: string | null;
  /** Stops the storing of files. */
  readonly signal?: AbortSignal;
}

export interface JobFileSource {
  readonly name: string;
  /** Called once, and only when the job is new. */
  readonly open: () => AsyncIterable<Uint8Array>;
}

/** Any number, as long as nobody else uses it: submissions are counted one after the other. */
const SUBMISSION_LOCK = 7_235_119_205;
const RETRY_AFTER_SECONDS = 5;

/** Durable jobs: stored in the database, run by whichever replica is free, seen by all. */
@Injectable()
export class Jobs {
  private readonly maxQueued: number;

  constructor(
    private readonly database: Database,
    private readonly files: JobFiles,
    private readonly bell: JobBell,
    { jobs }: AppConfig,
  ) {
    this.maxQueued = jobs.maxQueued;
  }

  /**
   * Puts a job into the queue, or finds the one that was submitted with the same key.
   * @returns its id
   * @throws ConflictError when the key came with something else before
   * @throws RateLimitedError when `JOB_MAX_QUEUED` jobs are waiting
   * @throws PayloadTooLargeError for a file over `JOB_MAX_FILE_BYTES`
   */
  async submit(submission: JobSubmission): Promise<string> {
    const job = toNewJob(submission);
    const known = await findKnown(this.database, job);
    if (known !== null) return known;
    await this.refuseWhenFull(this.database);
    await this.storeFiles(job.id, submission);
    const id = await this.insert(job).catch(async (error: unknown) => {
      await this.files.delete(job.id);
      throw error;
    });
    if (id !== job.id) await this.files.delete(job.id);
    this.bell.ring();
    return id;
  }

  /** Null when there is none, or none any more. */
  find(id: string): Promise<Job | null> {
    return table.findJob(this.database, id);
  }

  /** Newest first. */
  list(
    filter: table.JobFilter,
    page: { readonly limit: number; readonly offset: number },
  ): Promise<{ items: JobSummary[]; total: number }> {
    return table.listJobs(this.database, filter, page);
  }

  /**
   * Ends a job that waits; one that runs is asked to stop, which it does within two seconds, wherever it runs.
   * @returns the job as it is now; null when it has ended, or there is none
   */
  async cancel(id: string): Promise<JobSummary | null> {
    const job = await table.requestCancel(this.database, id);
    if (job?.state === 'cancelled') await this.files.delete(id);
    this.bell.ring();
    return job;
  }

  /** @returns the id of the job, or of the one that was there before */
  private insert(job: table.NewJob): Promise<string> {
    return this.database.transaction(async (transaction) => {
      await transaction.query('select pg_advisory_xact_lock($1)', [SUBMISSION_LOCK]);
      const known = await findKnown(transaction, job);
      if (known !== null) return known;
      await this.refuseWhenFull(transaction);
      if (job.idempotencyKey !== null) await table.expireKey(transaction, job.idempotencyKey);
      await table.insertJob(transaction, job);
      return job.id;
    });
  }

  private async refuseWhenFull(database: Queryable): Promise<void> {
    if ((await table.countQueued(database)) < this.maxQueued) return;
    throw new RateLimitedError(`${this.maxQueued} jobs are waiting already; try again later.`, {
      retryAfterSeconds: RETRY_AFTER_SECONDS,
    });
  }

  private async storeFiles(id: string, { files = [], signal }: JobSubmission): Promise<void> {
    for (const { name, open } of files) await this.files.store(id, name, open(), signal);
  }
}

/** @throws ConflictError when the key came with something else */
async function findKnown(database: Queryable, job: table.NewJob): Promise<string | null> {
  if (job.idempotencyKey === null) return null;
  const known = await table.findByKey(database, job.idempotencyKey);
  if (known === null) return null;
  if (known.requestHash.equals(job.requestHash)) return known.id;
  throw new ConflictError('The Idempotency-Key was used for another request within the last 24 hours.');
}

function toNewJob({ kind, payload, idempotencyKey = null }: JobSubmission): table.NewJob {
  const json = JSON.stringify(payload);
  const request = currentRequest();
  return {
    id: randomUUID(),
    kind,
    payload: json,
    requestHash: createHash('sha256').update(kind).update('\0').update(json).digest(),
    idempotencyKey: idempotencyKey && ownKey(idempotencyKey, request?.caller ?? null),
    requestId: currentRequestId(),
    requestPath: request?.path ?? '',
    traceparent: request?.traceparent ?? null,
    caller: request?.caller ? JSON.stringify(request.caller) : null,
  };
}

/** Callers don't know of each other, so the same key of two of them is two. */
function ownKey(key: string, caller: Caller | null): string {
  return caller === null ? key : JSON.stringify([caller.kind, caller.name, key]);
}

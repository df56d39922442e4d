import { Injectable } from '@nestjs/common';
import type { ProblemDto } from '../../common/errors/problem.js';
import type { RequestContext } from '../../common/http/request-context.js';
import { AppConfig } from '../../config/app-config.js';
import { AllTenantsDatabase } from '../database/all-tenants-database.js';
import type { JobProgress } from './job.js';

/** A job as it was started once: whoever has an old lease can't write any more. */
export interface Lease {
  readonly id: string;
  readonly lease: string;
}

/** A job that this process may run, for as long as it renews the lease. */
export interface LeasedJob extends Lease {
  readonly kind: string;
  readonly payload: object;
  readonly checkpoint: object | null;
  readonly progress: JobProgress;
  readonly request: RequestContext;
}

export interface RenewedLease {
  readonly lease: string;
  readonly isCancelRequested: boolean;
}

/** A job whose process has ended, or is silent. */
export interface AbandonedJob extends Lease {
  readonly attempts: number;
  readonly isCancelRequested: boolean;
  readonly requestId: string;
  readonly requestPath: string;
}

interface LeasedRow {
  readonly id: string;
  readonly kind: string;
  readonly lease: string;
  readonly payload: object;
  readonly checkpoint: object | null;
  readonly fraction: number;
  readonly done: number | null;
  readonly total: number | null;
  readonly request_id: string;
  readonly request_path: string;
  readonly traceparent: string | null;
  readonly caller: RequestContext['caller'];
  readonly tenant: string;
}

/** How many abandoned jobs are looked at in one go. */
const MAX_ABANDONED = 1000;
const LEASE_UNTIL = `now() + $1 * interval '1 millisecond'`;

/** What those who run jobs do with the table. Every write names the lease, so it has no effect once that is lost. */
@Injectable()
export class JobLeases {
  private readonly leaseMs: number;

  constructor(
    private readonly database: AllTenantsDatabase,
    { jobs }: AppConfig,
  ) {
    this.leaseMs = jobs.leaseMs;
  }

  /** Takes the job of these kinds that has waited longest; null when none waits. */
  async claim(kinds: readonly string[]): Promise<LeasedJob | null> {
    const [row] = await this.database.query<LeasedRow>(
      `update jobs set state = 'running', lease = gen_random_uuid(), lease_until = ${LEASE_UNTIL},
         attempts = attempts + 1, started_at = coalesce(started_at, now())
       where id = (
         select id from jobs where state = 'queued' and kind = any($2) order by sequence
         limit 1 for update skip locked
       )
       returning id, kind, lease, payload, checkpoint, fraction, done, total, request_id, request_path, traceparent,
         caller, tenant`,
      [this.leaseMs, kinds],
    );
    return row === undefined ? null : toLeased(row);
  }

  /** @returns those that are still held; the others are somebody else's by now */
  async renew(leases: readonly string[]): Promise<RenewedLease[]> {
    const rows = await this.database.query<{ lease: string; cancel_requested: boolean }>(
      `update jobs set lease_until = ${LEASE_UNTIL} where lease = any($2::uuid[]) and state = 'running'
       returning lease, cancel_requested`,
      [this.leaseMs, leases],
    );
    return rows.map(({ lease, cancel_requested }) => ({ lease, isCancelRequested: cancel_requested }));
  }

  /** @param checkpoint JSON; null leaves the last one. @returns whether the lease is still held */
  save({ id, lease }: Lease, progress: JobProgress, checkpoint: string | null): Promise<boolean> {
    const { fraction, done, total } = progress;
    return this.write(
      `update jobs set fraction = $3, done = $4, total = $5, checkpoint = coalesce($6, checkpoint)`,
      [id, lease, fraction, done, total, checkpoint],
    );
  }

  succeed({ id, lease }: Lease, result: string): Promise<boolean> {
    return this.end(`'succeeded', result = $3, fraction = 1, done = total`, [id, lease, result]);
  }

  fail({ id, lease }: Lease, problem: ProblemDto): Promise<boolean> {
    return this.end(`'failed', problem = $3`, [id, lease, JSON.stringify(problem)]);
  }

  cancel({ id, lease }: Lease): Promise<boolean> {
    return this.end(`'cancelled'`, [id, lease]);
  }

  /**
   * Puts a job back at its place in the queue, with its checkpoint, or ends it where that was asked for.
   * @param isAttempt whether the start counts as one of `JOB_MAX_ATTEMPTS`
   */
  release({ id, lease }: Lease, isAttempt: boolean): Promise<boolean> {
    return this.write(
      `update jobs set lease = null, lease_until = null, attempts = attempts - $3,
         state = case when cancel_requested then 'cancelled' else 'queued' end,
         finished_at = case when cancel_requested then now() end,
         payload = case when cancel_requested then null else payload end`,
      [id, lease, isAttempt ? 0 : 1],
    );
  }

  /** Jobs that nobody runs. @param everyone also those whose lease lasts: where no other process can hold one */
  async abandoned({ everyone }: { readonly everyone: boolean }): Promise<AbandonedJob[]> {
    return this.database.query<AbandonedJob>(
      `select id, lease, attempts, cancel_requested as "isCancelRequested", request_id as "requestId",
         request_path as "requestPath"
       from jobs where state = 'running' and ($1 or lease_until < now()) order by sequence limit ${MAX_ABANDONED}`,
      [everyone],
    );
  }

  private end(assignments: string, parameters: readonly unknown[]): Promise<boolean> {
    return this.write(
      `update jobs set finished_at = now(), payload = null, checkpoint = null, lease = null, lease_until = null,
         state = ${assignments}`,
      parameters,
      'delete from job_files where job_id in (select id from written)',
    );
  }

  /** @param parameters from the id and the lease on. @returns whether the lease was still held */
  private async write(update: string, parameters: readonly unknown[], andThen = ''): Promise<boolean> {
    const written = `${update} where id = $1 and lease = $2 and state = 'running' returning id`;
    const also = andThen === '' ? '' : `, more as (${andThen})`;
    const rows = await this.database.query(
      `with written as (${written})${also} select id from written`,
      parameters,
    );
    return rows.length > 0;
  }
}

function toLeased(row: LeasedRow): LeasedJob {
  const { id, kind, lease, payload, checkpoint, fraction, done, total } = row;
  return {
    id,
    kind,
    lease,
    payload,
    checkpoint,
    progress: { fraction, done, total },
    request: {
      requestId: row.request_id,
      path: row.request_path,
      traceparent: row.traceparent,
      caller: row.caller,
      tenant: row.tenant,
    },
  };
}

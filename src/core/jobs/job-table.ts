import type { ProblemDto } from '../../common/errors/problem.js';
import type { Queryable } from '../database/database.js';
import type { Job, JobState, JobSummary } from './job.js';

/** A job as it is stored first. */
export interface NewJob {
  readonly id: string;
  readonly kind: string;
  /** JSON. */
  readonly payload: string;
  readonly requestHash: Buffer;
  readonly idempotencyKey: string | null;
  readonly requestId: string;
  readonly requestPath: string;
  readonly traceparent: string | null;
  /** JSON. */
  readonly caller: string | null;
}

export interface JobFilter {
  readonly kind?: string | undefined;
  readonly state?: JobState | undefined;
}

interface JobRow {
  readonly id: string;
  readonly kind: string;
  readonly state: JobState;
  readonly problem: ProblemDto | null;
  readonly fraction: number;
  readonly done: number | null;
  readonly total: number | null;
  readonly created_at: Date;
  readonly started_at: Date | null;
  readonly finished_at: Date | null;
}

const COLUMNS = 'id, kind, state, problem, fraction, done, total, created_at, started_at, finished_at';
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/iu;
/** How long a repeated `Idempotency-Key` gives the same job. */
export const IDEMPOTENCY_HOURS = 24;

/** To be called with the lock that makes submissions wait for each other, and a key that nobody has. */
export async function insertJob(database: Queryable, job: NewJob): Promise<void> {
  await database.query(
    `insert into jobs
       (id, kind, payload, request_hash, idempotency_key, request_id, request_path, traceparent, caller)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      job.id,
      job.kind,
      job.payload,
      job.requestHash,
      job.idempotencyKey,
      job.requestId,
      job.requestPath,
      job.traceparent,
      job.caller,
    ],
  );
}

/** The job that was submitted with a key, and the hash of what it was. */
export async function findByKey(
  database: Queryable,
  key: string,
): Promise<{ readonly id: string; readonly requestHash: Buffer } | null> {
  const [row] = await database.query<{ id: string; request_hash: Buffer }>(
    `select id, request_hash from jobs
     where idempotency_key = $1 and created_at > now() - make_interval(hours => $2)`,
    [key, IDEMPOTENCY_HOURS],
  );
  return row === undefined ? null : { id: row.id, requestHash: row.request_hash };
}

/** Frees a key that has been held long enough. */
export async function expireKey(database: Queryable, key: string): Promise<void> {
  await database.query(
    `update jobs set idempotency_key = null
     where idempotency_key = $1 and created_at <= now() - make_interval(hours => $2)`,
    [key, IDEMPOTENCY_HOURS],
  );
}

export async function countQueued(database: Queryable): Promise<number> {
  const [row] = await database.query<{ count: number }>(
    `select count(*)::int as count from jobs where state = 'queued'`,
  );
  return row?.count ?? 0;
}

export async function findJob(database: Queryable, id: string): Promise<Job | null> {
  if (!UUID.test(id)) return null;
  const [row] = await database.query<JobRow & { result: object | null }>(
    `select ${COLUMNS}, result from jobs where id = $1`,
    [id],
  );
  return row === undefined ? null : { ...toSummary(row), result: row.result };
}

export async function findSummaries(
  database: Queryable,
  ids: readonly string[],
): Promise<Map<string, JobSummary>> {
  const rows = await database.query<JobRow>(`select ${COLUMNS} from jobs where id = any($1::uuid[])`, [
    ids.filter((id) => UUID.test(id)),
  ]);
  return new Map(rows.map((row) => [row.id, toSummary(row)]));
}

/** Newest first, and how many there are in all. */
export async function listJobs(
  database: Queryable,
  { kind, state }: JobFilter,
  page: { readonly limit: number; readonly offset: number },
): Promise<{ items: JobSummary[]; total: number }> {
  const matching = 'from jobs where ($1::text is null or kind = $1) and ($2::text is null or state = $2)';
  const filter = [kind ?? null, state ?? null];
  const rows = await database.query<JobRow>(
    `select ${COLUMNS} ${matching} order by sequence desc limit $3 offset $4`,
    [...filter, page.limit, page.offset],
  );
  const [count] = await database.query<{ total: number }>(
    `select count(*)::int as total ${matching}`,
    filter,
  );
  return { items: rows.map(toSummary), total: count?.total ?? 0 };
}

/**
 * Ends a job that waits, and asks whoever runs one to stop.
 * @returns the job as it is now; null when there is none that could still be cancelled
 */
export async function requestCancel(database: Queryable, id: string): Promise<JobSummary | null> {
  if (!UUID.test(id)) return null;
  const [row] = await database.query<JobRow>(
    `update jobs set
       cancel_requested = true,
       state = case state when 'queued' then 'cancelled' else state end,
       finished_at = case state when 'queued' then now() end,
       payload = case state when 'queued' then null else payload end,
       checkpoint = case state when 'queued' then null else checkpoint end
     where id = $1 and state in ('queued', 'running') returning ${COLUMNS}`,
    [id],
  );
  return row === undefined ? null : toSummary(row);
}

function toSummary(row: JobRow): JobSummary {
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    progress: { fraction: row.fraction, done: row.done, total: row.total },
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    problem: row.problem,
  };
}

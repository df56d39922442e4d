import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Jobs, and the files that they work on, in pieces. */
export class CreateJobs1764009000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(JOBS);
    await runner.query(`create index jobs_waiting on jobs (sequence) where state = 'queued'`);
    await runner.query(`create index jobs_running on jobs (sequence) where state = 'running'`);
    await runner.query(`create index jobs_ended on jobs (finished_at) where finished_at is not null`);
    await runner.query('create unique index jobs_newest on jobs (sequence)');
    await runner.query(FILES);
    // Recordings don't get any smaller.
    await runner.query('alter table job_files alter column bytes set storage external');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table job_files, jobs');
  }
}

const JOBS = `
  create table jobs (
    id uuid primary key,
    -- Order of arrival.
    sequence bigint generated always as identity,
    kind text collate "C" not null,
    state text collate "C" not null default 'queued'
      check (state in ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
    -- Null once the job has ended.
    payload json,
    result json,
    problem json,
    -- What a job that is started again goes on from.
    checkpoint json,
    fraction double precision not null default 0,
    done integer,
    total integer,
    cancel_requested boolean not null default false,
    attempts integer not null default 0,
    -- Of the process that runs it: another number for each start.
    lease uuid,
    lease_until timestamptz,
    idempotency_key text collate "C" unique,
    request_hash bytea not null,
    request_id text not null,
    request_path text not null,
    traceparent text,
    caller json,
    created_at timestamptz not null default now(),
    started_at timestamptz,
    finished_at timestamptz
  )`;

// Pieces are stored before their job is, so they don't refer to it.
const FILES = `
  create table job_files (
    job_id uuid not null,
    name text collate "C" not null,
    position integer not null,
    bytes bytea not null,
    created_at timestamptz not null default now(),
    primary key (job_id, name, position)
  )`;

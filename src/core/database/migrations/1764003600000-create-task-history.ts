import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tasks that projects have done, and estimates of those that they have yet to do. */
export class CreateTaskHistory1764003600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(HISTORIES);
    await runner.query(OUTCOMES);
    await runner.query(
      'create index task_outcomes_recency on task_outcomes (project, completed_at desc, position desc)',
    );
    await runner.query(ESTIMATES);
    await runner.query('create index task_estimates_age on task_estimates (created_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table task_estimates, task_outcomes, task_histories');
  }
}

const HISTORIES = `
  create table task_histories (
    project text collate "C" primary key,
    -- Another one after the history was deleted and begun anew.
    generation uuid not null default gen_random_uuid(),
    -- Grows with every change of the outcomes, in the transaction that makes it.
    revision bigint not null default 0,
    outcome_count integer not null default 0
  )`;

const OUTCOMES = `
  create table task_outcomes (
    project text collate "C" not null,
    id text collate "C" not null,
    -- Order of arrival, for tasks completed at the same moment.
    position bigint generated always as identity,
    title text not null,
    description text not null,
    issue_type text,
    labels jsonb not null,
    milestone text,
    project_context text not null,
    related_files jsonb not null,
    completed_at timestamptz not null,
    actual_hours double precision,
    story_points double precision,
    complexity smallint,
    -- What the change consisted of, where it was analyzed.
    metrics jsonb,
    -- What had been estimated, where anything had.
    estimated_level smallint,
    estimated_hours double precision,
    estimated_hours_low double precision,
    estimated_hours_high double precision,
    estimated_story_points double precision,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (project, id)
  )`;

const ESTIMATES = `
  create table task_estimates (
    id uuid primary key,
    project text collate "C" not null,
    task jsonb not null,
    level smallint not null,
    hours double precision not null,
    hours_low double precision not null,
    hours_high double precision not null,
    story_points double precision,
    method text not null,
    created_at timestamptz not null default now()
  )`;

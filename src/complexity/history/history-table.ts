import type { Queryable } from '../../core/database/database.js';
import type { HistoryVersion } from './outcome.js';

interface HistoryRow {
  readonly generation: string;
  // bigint arrives as text.
  readonly revision: string;
  readonly outcome_count: number;
}

/**
 * Marks the history as changed. First in a transaction: the row stays locked until its end, so that those who change
 * one history follow one another.
 */
export async function beginChange(transaction: Queryable, project: string): Promise<void> {
  await transaction.query(
    `insert into task_histories as history (project, revision) values ($1, 1)
     on conflict (tenant, project) do update set revision = history.revision + 1`,
    [project],
  );
}

export async function addToCount(transaction: Queryable, project: string, added: number): Promise<void> {
  if (added === 0) return;
  await transaction.query('update task_histories set outcome_count = outcome_count + $2 where project = $1', [
    project,
    added,
  ]);
}

/** Null while the project has no history. */
export async function findVersion(database: Queryable, project: string): Promise<HistoryVersion | null> {
  const [row] = await database.query<HistoryRow>(
    'select generation, revision, outcome_count from task_histories where project = $1',
    [project],
  );
  if (row === undefined) return null;
  return { generation: row.generation, revision: Number(row.revision), count: row.outcome_count };
}

/** Outcomes of all projects, and of the one with the most. */
export async function countOutcomes(database: Queryable): Promise<{ total: number; longest: number }> {
  const [row] = await database.query<{ total: string; longest: number }>(
    `select coalesce(sum(outcome_count), 0) as total, coalesce(max(outcome_count), 0) as longest
     from task_histories`,
  );
  return { total: Number(row?.total), longest: row?.longest ?? 0 };
}

/** Waits for those who are changing the history; whoever comes later begins another one. */
export async function deleteHistory(transaction: Queryable, project: string): Promise<void> {
  await transaction.query('delete from task_histories where project = $1', [project]);
}

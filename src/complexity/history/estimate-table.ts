import type { Queryable } from '../../core/database/database.js';
import type { Task } from '../estimation/task.js';
import type { KeptEstimate, Method } from './outcome.js';

interface EstimateRow {
  readonly id: string;
  readonly project: string;
  readonly task: Task;
  readonly level: number;
  readonly hours: number;
  readonly hours_low: number;
  readonly hours_high: number;
  readonly story_points: number | null;
  readonly method: Method;
}

const UUID = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/iu;

export async function insertEstimate(database: Queryable, estimate: KeptEstimate): Promise<void> {
  await database.query(
    `insert into task_estimates (id, project, task, level, hours, hours_low, hours_high, story_points, method)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      estimate.id,
      estimate.project,
      JSON.stringify(estimate.task),
      estimate.level,
      estimate.hours,
      estimate.hoursLow,
      estimate.hoursHigh,
      estimate.storyPoints,
      estimate.method,
    ],
  );
}

/** @param id anything that somebody sent */
export async function findEstimate(database: Queryable, id: string): Promise<KeptEstimate | null> {
  if (!UUID.test(id)) return null;
  const [row] = await database.query<EstimateRow>(
    `select id, project, task, level, hours, hours_low, hours_high, story_points, method
     from task_estimates where id = $1`,
    [id],
  );
  if (row === undefined) return null;
  const { hours_low: hoursLow, hours_high: hoursHigh, story_points: storyPoints, ...rest } = row;
  return { ...rest, hoursLow, hoursHigh, storyPoints };
}

/** @returns how many were deleted, at most `limit` */
export async function deleteEstimatesBefore(
  database: Queryable,
  ageDays: number,
  limit: number,
): Promise<number> {
  const rows = await database.query(
    `delete from task_estimates where id in
       (select id from task_estimates where created_at < now() - make_interval(days => $1) limit $2)
     returning id`,
    [ageDays, limit],
  );
  return rows.length;
}

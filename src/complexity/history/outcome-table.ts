import type { Queryable } from '../../core/database/database.js';
import type { MeasuredOutcome } from '../accuracy/measure-accuracy.js';
import type { IssueType, PastTask } from '../estimation/task.js';
import type { DeliveryMetrics } from '../metrics/delivery-metrics.js';
import type { EarlierEstimate, Outcome, OutcomeToKeep } from './outcome.js';

/** Most characters of a description that are read back: enough for a model and for a list. */
export const DESCRIPTION_LIMIT = 6000;

interface OutcomeRow {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly issue_type: IssueType | null;
  readonly labels: string[];
  readonly milestone: string | null;
  readonly project_context: string;
  readonly related_files: string[];
  readonly completed_at: Date;
  readonly actual_hours: number | null;
  readonly story_points: number | null;
  readonly complexity: number | null;
  readonly metrics: DeliveryMetrics | null;
  readonly estimated_level: number | null;
  readonly estimated_hours: number | null;
  readonly estimated_hours_low: number | null;
  readonly estimated_hours_high: number | null;
  readonly estimated_story_points: number | null;
}

type PastTaskRow = Pick<
  OutcomeRow,
  | 'id'
  | 'title'
  | 'description'
  | 'issue_type'
  | 'labels'
  | 'completed_at'
  | 'actual_hours'
  | 'story_points'
  | 'complexity'
>;

/** Most that a model reads of a title, and of a task's labels. */
const TITLE_LIMIT = 500;
const LABEL_LIMIT = 20;

const COLUMNS = `id, title, left(description, ${DESCRIPTION_LIMIT}) as description, issue_type, labels, milestone,
  project_context, related_files, completed_at, actual_hours, story_points, complexity, metrics, estimated_level,
  estimated_hours, estimated_hours_low, estimated_hours_high, estimated_story_points`;

/** One statement, with a list for each column. What is imported again keeps what was estimated before. */
const UPSERT = `
  insert into task_outcomes as kept
    (project, id, title, description, issue_type, labels, milestone, project_context, related_files, completed_at,
     actual_hours, story_points, complexity, metrics, estimated_level, estimated_hours, estimated_hours_low,
     estimated_hours_high, estimated_story_points)
  select $1, id, title, description, issue_type, labels, milestone, project_context, related_files,
    coalesce(completed_at, now()), actual_hours, story_points, complexity, metrics, estimated_level, estimated_hours,
    estimated_hours_low, estimated_hours_high, estimated_story_points
  from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::jsonb[], $7::text[], $8::text[], $9::jsonb[],
    $10::timestamptz[], $11::float8[], $12::float8[], $13::smallint[], $14::jsonb[], $15::smallint[], $16::float8[],
    $17::float8[], $18::float8[], $19::float8[])
    with ordinality as given (id, title, description, issue_type, labels, milestone, project_context, related_files,
      completed_at, actual_hours, story_points, complexity, metrics, estimated_level, estimated_hours,
      estimated_hours_low, estimated_hours_high, estimated_story_points, number)
  order by number
  on conflict (tenant, project, id) do update set
    title = excluded.title, description = excluded.description, issue_type = excluded.issue_type,
    labels = excluded.labels, milestone = excluded.milestone, project_context = excluded.project_context,
    related_files = excluded.related_files, actual_hours = excluded.actual_hours,
    story_points = excluded.story_points, complexity = excluded.complexity,
    -- now() stands for a time that wasn't given.
    completed_at = case when excluded.completed_at = now() then kept.completed_at else excluded.completed_at end,
    metrics = coalesce(excluded.metrics, kept.metrics),
    estimated_level = coalesce(excluded.estimated_level, kept.estimated_level),
    estimated_hours = coalesce(excluded.estimated_hours, kept.estimated_hours),
    estimated_hours_low = coalesce(excluded.estimated_hours_low, kept.estimated_hours_low),
    estimated_hours_high = coalesce(excluded.estimated_hours_high, kept.estimated_hours_high),
    estimated_story_points = coalesce(excluded.estimated_story_points, kept.estimated_story_points),
    updated_at = now()
  returning (xmax = 0) as inserted`;

/** @returns how many are new */
export async function upsertOutcomes(
  transaction: Queryable,
  project: string,
  outcomes: readonly OutcomeToKeep[],
): Promise<number> {
  const column = (value: (outcome: OutcomeToKeep) => unknown) => outcomes.map(value);
  const rows = await transaction.query<{ inserted: boolean }>(UPSERT, [
    project,
    column(({ id }) => id),
    column(({ task }) => task.title),
    column(({ task }) => task.description),
    column(({ task }) => task.issueType),
    column(({ task }) => JSON.stringify(task.labels)),
    column(({ task }) => task.milestone),
    column(({ task }) => task.projectContext),
    column(({ task }) => JSON.stringify(task.relatedFiles)),
    column(({ completedAt }) => completedAt),
    column(({ actualHours }) => actualHours),
    column(({ storyPoints }) => storyPoints),
    column(({ complexity }) => complexity),
    column(({ metrics }) => metrics && JSON.stringify(metrics)),
    column(({ estimate }) => estimate?.level ?? null),
    column(({ estimate }) => estimate?.hours ?? null),
    column(({ estimate }) => estimate?.hoursLow ?? null),
    column(({ estimate }) => estimate?.hoursHigh ?? null),
    column(({ estimate }) => estimate?.storyPoints ?? null),
  ]);
  return rows.filter(({ inserted }) => inserted).length;
}

/**
 * As much of past tasks as a model reads, the most recently completed first. Columns that may be large and that no
 * model looks at are left out.
 */
export async function listPastTasks(
  database: Queryable,
  project: string,
  page: { readonly limit: number; readonly offset: number },
): Promise<PastTask[]> {
  const rows = await database.query<PastTaskRow>(
    `select id, left(title, ${TITLE_LIMIT}) as title, left(description, ${DESCRIPTION_LIMIT}) as description, issue_type,
       jsonb_path_query_array(labels, '$[0 to ${LABEL_LIMIT - 1}]') as labels, completed_at, actual_hours, story_points,
       complexity
     from task_outcomes where project = $1 order by completed_at desc, position desc limit $2 offset $3`,
    [project, page.limit, page.offset],
  );
  return rows.map((row) => ({
    id: row.id,
    task: {
      title: row.title,
      description: row.description,
      issueType: row.issue_type,
      labels: row.labels,
      milestone: null,
      projectContext: '',
      relatedFiles: [],
    },
    completedAt: row.completed_at,
    actualHours: row.actual_hours,
    storyPoints: row.story_points,
    complexity: row.complexity,
  }));
}

/** Figures only, of as many outcomes as the limit says; the most recently completed first. */
export async function listMeasured(
  database: Queryable,
  project: string,
  limit: number,
): Promise<MeasuredOutcome[]> {
  return database.query<MeasuredOutcome>(
    `select complexity as level, actual_hours as hours, estimated_level as "estimatedLevel",
       estimated_hours as "estimatedHours", estimated_hours_low as "hoursLow", estimated_hours_high as "hoursHigh"
     from task_outcomes where project = $1 order by completed_at desc, position desc limit $2`,
    [project, limit],
  );
}

/** The most recently completed first. */
export async function listOutcomes(
  database: Queryable,
  project: string,
  page: { readonly limit: number; readonly offset: number },
): Promise<Outcome[]> {
  const rows = await database.query<OutcomeRow>(
    `select ${COLUMNS} from task_outcomes where project = $1
     order by completed_at desc, position desc limit $2 offset $3`,
    [project, page.limit, page.offset],
  );
  return rows.map(toOutcome);
}

/** Those with these ids, in any order; what has been deleted is missing. */
export async function findOutcomes(
  database: Queryable,
  project: string,
  ids: readonly string[],
): Promise<Outcome[]> {
  const rows = await database.query<OutcomeRow>(
    `select ${COLUMNS} from task_outcomes where project = $1 and id = any($2)`,
    [project, ids],
  );
  return rows.map(toOutcome);
}

/** @returns how many there were */
export async function deleteOutcomes(transaction: Queryable, project: string): Promise<number> {
  const [row] = await transaction.query<{ deleted: string }>(
    `with gone as (delete from task_outcomes where project = $1 returning 1)
     select count(*) as deleted from gone`,
    [project],
  );
  return Number(row?.deleted);
}

function toOutcome(row: OutcomeRow): Outcome {
  return {
    id: row.id,
    task: {
      title: row.title,
      description: row.description,
      issueType: row.issue_type,
      labels: row.labels,
      milestone: row.milestone,
      projectContext: row.project_context,
      relatedFiles: row.related_files,
    },
    completedAt: row.completed_at,
    actualHours: row.actual_hours,
    storyPoints: row.story_points,
    complexity: row.complexity,
    metrics: row.metrics,
    estimate: toEstimate(row),
  };
}

function toEstimate(row: OutcomeRow): EarlierEstimate | null {
  if (row.estimated_level === null && row.estimated_hours === null) return null;
  return {
    level: row.estimated_level,
    hours: row.estimated_hours,
    hoursLow: row.estimated_hours_low,
    hoursHigh: row.estimated_hours_high,
    storyPoints: row.estimated_story_points,
  };
}

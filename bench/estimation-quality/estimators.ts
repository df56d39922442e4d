import { trainHistoryModel } from '../../src/complexity/estimation/history/train-history-model.js';
import type { Task } from '../../src/complexity/estimation/task.js';
import { postJson } from '../support/http.js';
import type { StoryPointProject, StoryPointRow } from './story-points.js';

export interface PointsPrediction {
  readonly value: number;
  /** Null where it isn't told. */
  readonly range: { readonly low: number; readonly high: number } | null;
}

/** Learns from a project's train rows and predicts the others in their order. */
export type PointsEstimator = (project: StoryPointProject) => Promise<PointsPrediction[]>;

/** The model alone, without the service around it. */
export async function estimateDirectly({ train, judged }: StoryPointProject): Promise<PointsPrediction[]> {
  const model = await trainHistoryModel(
    train.map((row, at) => ({
      past: {
        id: row.id,
        task: toTask(row),
        completedAt: new Date(at),
        actualHours: null,
        storyPoints: row.points,
        complexity: null,
      },
      value: row.points,
    })),
  );
  return judged.map((row) => {
    const { value, low, high } = model.predict(toTask(row));
    return { value, range: { low, high } };
  });
}

function toTask({ title, description }: StoryPointRow): Task {
  return {
    title,
    description,
    issueType: null,
    labels: [],
    milestone: null,
    projectContext: '',
    relatedFiles: [],
  };
}

interface EstimateAnswer {
  readonly method: string;
  readonly estimated_story_points?: number;
  readonly story_points_range?: { readonly low: number; readonly high: number };
}

const TASKS_PER_REQUEST = 500;
/** Models are trained off the request path: how often and how long to ask until there is one. */
const ATTEMPTS = 600;
const PAUSE_MS = 500;

/** Through the API of a running service. */
export function estimateOver(url: string): PointsEstimator {
  const api = `${url}/api/v1/complexity`;
  return async ({ name, train, judged }) => {
    for (let start = 0; start < train.length; start += TASKS_PER_REQUEST) {
      const tasks = train.slice(start, start + TASKS_PER_REQUEST).map(toPastTask);
      await postJson(`${api}/history`, { project: name, tasks });
    }
    const ask = (row: StoryPointRow) =>
      postJson<EstimateAnswer>(`${api}/pre-estimate`, { project: name, ...toBody(row) });
    await untilTrained(() => ask(judged[0]!));
    const predictions: PointsPrediction[] = [];
    for (const row of judged) {
      const { estimated_story_points: value, story_points_range: range } = await ask(row);
      if (value === undefined) throw new Error(`No story points for ${row.id}.`);
      predictions.push({ value, range: range ?? null });
    }
    return predictions;
  };
}

async function untilTrained(ask: () => Promise<EstimateAnswer>): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if ((await ask()).estimated_story_points !== undefined) return;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  throw new Error('The service trained no model in time.');
}

function toBody({ title, description }: StoryPointRow) {
  return description.trim() === '' ? { title } : { title, description };
}

function toPastTask(row: StoryPointRow) {
  return { id: row.id, story_points: row.points, ...toBody(row) };
}

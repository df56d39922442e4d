import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { PastTask } from '../src/complexity/estimation/task.js';
import { trainProjectModel } from '../src/complexity/models/train-project-model.js';
import { pastTasks, type SentTask } from '../test/support/past-tasks.js';
import { postJson } from './support/http.js';
import { startService } from './support/service.js';
import { percentile } from './support/statistics.js';

/*
 * How long an estimate takes with a long history, beside a request that does nothing, and what the training on that
 * history does to the event loop.
 */
const TASKS = 10_000;
const CALL_SIZE = 5000;
const ESTIMATES = 500;
const PROJECT = 'bench';

const tasks = pastTasks(TASKS);
await reportTraining();
const service = await startService();
try {
  await reportRequests(service.url);
} finally {
  await service.stop();
}

/** Trains in this process, which has nothing else to do. */
async function reportTraining(): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const version = { generation: 'bench', revision: 1, count: TASKS };
  const past = tasks.map(toPastTask);
  delay.enable();
  const startedAt = performance.now();
  const model = await trainProjectModel(past, version, new AbortController().signal);
  const seconds = (performance.now() - startedAt) / 1000;
  delay.disable();
  console.log(`Training on ${TASKS} outcomes: ${seconds.toFixed(1)} s`);
  console.log(
    `Event loop delay meanwhile: p50 ${toMs(delay.percentile(50))}, p99 ${toMs(delay.percentile(99))}, max ${toMs(delay.max)}`,
  );
  const times = past.slice(0, ESTIMATES).map(({ task }) => timeOf(() => model?.predict(task)));
  console.log(
    `Prediction alone: p50 ${percentile(times, 0.5).toFixed(2)} ms, p99 ${percentile(times, 0.99).toFixed(2)} ms`,
  );
}

async function reportRequests(url: string): Promise<void> {
  for (let start = 0; start < TASKS; start += CALL_SIZE) {
    const body = { project: PROJECT, tasks: tasks.slice(start, start + CALL_SIZE) };
    const milliseconds = await timeOfAsync(() => postJson(`${url}/api/v1/complexity/history`, body));
    console.log(`Import of ${CALL_SIZE} tasks: ${milliseconds.toFixed(0)} ms`);
  }
  const duringTraining = await healthUntilTrained(url);
  const estimates: number[] = [];
  const references: number[] = [];
  for (const task of pastTasks(ESTIMATES, { seed: 2 })) {
    references.push(await timeOfAsync(() => health(url)));
    estimates.push(await timeOfAsync(() => estimate(url, task)));
  }
  console.table([
    rowOf('POST /pre-estimate', estimates),
    rowOf('GET /health', references),
    rowOf('GET /health during the training', duringTraining),
  ]);
}

async function healthUntilTrained(url: string): Promise<number[]> {
  const times: number[] = [];
  for (;;) {
    const asked = estimate(url, tasks[0]!);
    const state = { isAnswered: false };
    void asked.then(() => {
      state.isAnswered = true;
    });
    while (!state.isAnswered) times.push(await timeOfAsync(() => health(url)));
    if ((await asked).method === 'history') return times;
  }
}

function estimate(url: string, task: SentTask): Promise<{ method: string }> {
  const { title, description, issue_type, labels } = task;
  const body = { project: PROJECT, title, description, issue_type, labels };
  return postJson(`${url}/api/v1/complexity/pre-estimate`, body);
}

async function health(url: string): Promise<void> {
  await (await fetch(`${url}/health`)).text();
}

function rowOf(request: string, times: readonly number[]) {
  return {
    request,
    requests: times.length,
    'p50 ms': Number(percentile(times, 0.5).toFixed(1)),
    'p99 ms': Number(percentile(times, 0.99).toFixed(1)),
    'max ms': Number(Math.max(...times).toFixed(1)),
  };
}

function toPastTask(sent: SentTask): PastTask {
  return {
    id: sent.id,
    task: {
      title: sent.title,
      description: sent.description,
      issueType: null,
      labels: sent.labels,
      milestone: null,
      projectContext: '',
      relatedFiles: [],
    },
    completedAt: new Date(sent.completed_at),
    actualHours: sent.actual_hours ?? null,
    storyPoints: null,
    complexity: null,
  };
}

function timeOf(work: () => unknown): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}

async function timeOfAsync(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function toMs(nanoseconds: number): string {
  return `${(nanoseconds / 1e6).toFixed(1)} ms`;
}

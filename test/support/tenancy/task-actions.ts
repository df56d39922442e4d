import { randomUUID } from 'node:crypto';
import { type Action, pick } from './tenant-actor.js';

const PROJECTS = ['default', 'shop'];
const TASKS = ['t1', 't2', 't3', 't4', 't5', 't6'];
/** As many as an estimate wants before it learns from them. */
const ENOUGH = 20;
const MANY = Array.from({ length: ENOUGH }, (_, index) => `m${index}`);

const complexity = (path: string) => `/api/v1/complexity${path}`;

/** What is done with estimates and past tasks. */
export const TASK_ACTIONS = {
  async importHistory(actor, { a, b, c }) {
    const project = pick(PROJECTS, a);
    const ids = c % 8 === 0 ? MANY : [...new Set([pick(TASKS, b), pick(TASKS, c)])];
    const known = ids.filter((id) => actor.tasksOf(project).has(id)).length;
    const tasks = ids.map((id) => ({ id, title: actor.text(b), actual_hours: 1 + (c % 9) }));
    const json = { project, tasks };
    const counts = await actor.get({ method: 'POST', path: complexity('/history'), json });
    expect(counts).toMatchObject({ imported: ids.length - known, updated: known });
    for (const id of ids) actor.noteTask({ project, id }, false);
  },
  async listHistory(actor, { a }) {
    const project = pick(PROJECTS, a);
    const path = complexity(`/history?project=${project}&limit=1000`);
    const { tasks, total } = await actor.get<{ tasks: { id: string }[]; total: number }>({ path });
    expect([total, tasks.map(({ id }) => id).sort()]).toEqual([
      tasks.length,
      [...actor.tasksOf(project)].sort(),
    ]);
  },
  async deleteHistory(actor, { a, b }) {
    // Seldom, so that there is something to look at.
    if (b % 8 > 0) return;
    const project = pick(PROJECTS, a);
    const path = complexity(`/history?project=${project}`);
    const { deleted } = await actor.get<{ deleted: number }>({ method: 'DELETE', path });
    expect(deleted).toBe(actor.tasksOf(project).size);
    actor.tasksOf(project).clear();
    actor.estimatedOf(project).clear();
  },
  async estimate(actor, { a, b }) {
    const project = pick(PROJECTS, a);
    const answer = await actor.get<{ estimate_id: string; method: string; similar_tasks: { id: string }[] }>({
      method: 'POST',
      path: complexity('/pre-estimate'),
      json: { project, title: actor.text(b) },
    });
    const own = actor.tasksOf(project);
    expect(answer.similar_tasks.filter(({ id }) => !own.has(id))).toEqual([]);
    if (own.size < ENOUGH) expect([project, answer.method]).toEqual([project, 'heuristic']);
    actor.estimates.push({ project, id: answer.estimate_id });
  },
  async analyze(actor, { a, b }) {
    const owner = pick([actor, actor, actor.other], a);
    const estimate = owner.estimates.at(b % owner.estimates.length) ?? { id: randomUUID(), project: '' };
    const isKnown = owner === actor && estimate.project !== '';
    const change = { lines_added: 10, lines_removed: 2, files_changed: 1, commits: 1, actual_hours: 2 };
    const answer = await actor.get<{ outcome_id: string }>(
      { method: 'POST', path: complexity('/post-analyze'), json: { ...change, estimate_id: estimate.id } },
      isKnown ? 200 : 404,
    );
    if (isKnown) actor.noteTask({ project: estimate.project, id: answer.outcome_id }, true);
  },
  async accuracy(actor, { a }) {
    const project = pick(PROJECTS, a);
    const { count } = await actor.get<{ count: number }>({
      path: complexity(`/accuracy?project=${project}`),
    });
    expect(count).toBe(actor.estimatedOf(project).size);
  },
  async health(actor) {
    const health = await actor.get<{ history_size: number }>({ path: complexity('/health') });
    expect(health.history_size).toBe(actor.taskCount);
  },
} satisfies Record<string, Action>;

import { FEWEST_EXAMPLES, trainHistoryModel } from '../estimation/history/train-history-model.js';
import type { HistoryModel } from '../estimation/history/history-model.js';
import type { PastTask } from '../estimation/task.js';
import type { HistoryVersion } from '../history/outcome.js';
import { levelOfPastTask, ProjectModel } from './project-model.js';

/**
 * Learns what a project's past tasks have to say. Shares the event loop.
 * @param tasks the latest last
 * @returns null where no figure is known of enough tasks
 * @throws the signal's reason when it fires
 */
export async function trainProjectModel(
  tasks: readonly PastTask[],
  version: HistoryVersion,
  signal: AbortSignal,
): Promise<ProjectModel | null> {
  const hours = await train(tasks, ({ actualHours }) => actualHours, signal);
  const levels = hours === null ? await train(tasks, levelOfPastTask, signal) : null;
  const points = await train(tasks, ({ storyPoints }) => storyPoints, signal);
  if (hours === null && levels === null && points === null) return null;
  const sortedPoints = Float64Array.from(tasks.flatMap(({ storyPoints }) => storyPoints ?? [])).sort();
  return new ProjectModel(version, { hours, levels, points }, sortedPoints);
}

async function train(
  tasks: readonly PastTask[],
  figure: (task: PastTask) => number | null,
  signal: AbortSignal,
): Promise<HistoryModel | null> {
  const examples = tasks.flatMap((past) => {
    const value = figure(past);
    return value === null || past.task.title === '' ? [] : { past, value };
  });
  return examples.length < FEWEST_EXAMPLES ? null : trainHistoryModel(examples, { signal });
}

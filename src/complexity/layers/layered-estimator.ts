import { Injectable } from '@nestjs/common';
import { HeuristicEstimator } from '../estimation/heuristic-estimator.js';
import type { Task } from '../estimation/task.js';
import { TaskHistory } from '../history/task-history.js';
import { ProjectModels } from '../models/project-models.js';
import { fromHistory } from './history-layer.js';
import { fromHeuristic, type LayeredEstimate } from './layered-estimate.js';

/** Estimates a task by the best evidence: the project's history where it is long enough, else the text alone. */
@Injectable()
export class LayeredEstimator {
  private readonly heuristic = new HeuristicEstimator();

  constructor(
    private readonly history: TaskHistory,
    private readonly models: ProjectModels,
  ) {}

  async estimate(project: string, task: Task, _signal: AbortSignal): Promise<LayeredEstimate> {
    const heuristic = this.heuristic.estimate(task);
    const model = await this.models.at(project, await this.history.version(project));
    const evidence = model?.predict(task) ?? null;
    return evidence === null ? fromHeuristic(heuristic) : fromHistory(evidence, heuristic);
  }
}

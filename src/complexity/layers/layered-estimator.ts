import { Injectable } from '@nestjs/common';
import { HeuristicEstimator } from '../estimation/heuristic-estimator.js';
import type { PastTask, Task } from '../estimation/task.js';
import { TaskHistory } from '../history/task-history.js';
import { ProjectModels } from '../models/project-models.js';
import { fromHistory } from './history-layer.js';
import { type EstimateWithoutModel, fromHeuristic, type LayeredEstimate } from './layered-estimate.js';
import { ModelJudge } from './model-judge.js';
import { withJudgement } from './model-layer.js';

/** Past tasks that a language model is shown. */
const MOST_EXAMPLES = 5;

/**
 * Estimates a task by the best evidence: the project's history where it is long enough, else the text alone, and on
 * top of either a language model where one is configured.
 */
@Injectable()
export class LayeredEstimator {
  private readonly heuristic = new HeuristicEstimator();

  constructor(
    private readonly history: TaskHistory,
    private readonly models: ProjectModels,
    private readonly judge: ModelJudge,
  ) {}

  async estimate(project: string, task: Task, signal: AbortSignal): Promise<LayeredEstimate> {
    const heuristic = this.heuristic.estimate(task);
    const model = await this.models.at(project, await this.history.version(project));
    const evidence = model?.predict(task) ?? null;
    const below = evidence === null ? fromHeuristic(heuristic) : fromHistory(evidence, heuristic);
    return this.judge.isConfigured ? this.ask(project, task, below, signal) : below;
  }

  private async ask(
    project: string,
    task: Task,
    below: EstimateWithoutModel,
    signal: AbortSignal,
  ): Promise<LayeredEstimate> {
    const examples = await this.examples(project, below);
    const judged = await this.judge.judge(task, examples, signal);
    if (judged !== null) return { ...withJudgement(below, judged.judgement), usage: judged.usage };
    const excuse = 'The language model could not be asked, so this is without it.';
    return { ...below, reasoning: `${below.reasoning} ${excuse}` };
  }

  /** The most similar past tasks, or the latest while there are few. */
  private examples(project: string, { similar }: EstimateWithoutModel): Promise<PastTask[]> {
    if (similar.length === 0) return this.history.list(project, { limit: MOST_EXAMPLES, offset: 0 });
    const ids = similar.slice(0, MOST_EXAMPLES).map(({ id }) => id);
    return this.history.find(project, ids);
  }
}

import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Semaphore } from '../../common/async/semaphore.js';
import { currentTenant } from '../../common/http/request-context.js';
import { AppConfig } from '../../config/app-config.js';
import { FEWEST_EXAMPLES } from '../estimation/history/train-history-model.js';
import type { HistoryVersion } from '../history/outcome.js';
import { TaskHistory } from '../history/task-history.js';
import type { ProjectModel } from './project-model.js';
import { ProjectTraining } from './project-training.js';

/** Trainings that may wait for their turn; projects beyond are asked for again by their next estimate. */
const MAX_WAITING = 1000;

/**
 * Models of projects' histories, trained in the background and kept while they are used.
 *
 * Every estimate asks with the version of the history that it read from the database, so that outcomes which another
 * replica has taken in are noticed here too. A model that is behind serves until its successor is ready.
 */
@Injectable()
export class ProjectModels implements OnModuleDestroy {
  private readonly logger = new Logger(ProjectModels.name);
  /** By tenant and project, in the order of their last use. */
  private readonly kept = new Map<string, ProjectTraining>();
  /** One at a time: training is work for the processor, which requests need too. */
  private readonly turns = new Semaphore({
    permits: 1,
    maxWaiting: MAX_WAITING,
    onOverflow: () => new Error('Too many projects wait for a training.'),
  });

  constructor(
    private readonly history: TaskHistory,
    private readonly config: AppConfig,
  ) {}

  /**
   * The latest model of a project. Where there is none yet, waits for its training, but not for long.
   * @param version of the history, as the database has it now; null where it has none
   * @returns null where the history is too short, or the training takes longer
   */
  async at(project: string, version: HistoryVersion | null): Promise<ProjectModel | null> {
    if (version === null || version.count < FEWEST_EXAMPLES) {
      this.forget(keyOf(project));
      return null;
    }
    return this.trainingOf(project).modelAt(version, this.config.complexity.trainingWaitMs);
  }

  /**
   * To be called when outcomes have been kept. A model in use is refreshed; where there are enough for a new one, that
   * is made before somebody asks.
   */
  outcomesArrived(project: string, count: number): void {
    if (count >= FEWEST_EXAMPLES) this.trainingOf(project).refreshSoon();
    else this.kept.get(keyOf(project))?.refreshSoon();
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all([...this.kept.values()].map((training) => training.end()));
  }

  private trainingOf(project: string): ProjectTraining {
    const key = keyOf(project);
    const training =
      this.kept.get(key) ?? new ProjectTraining(project, this.history, this.turns, this.logger);
    this.kept.delete(key);
    this.kept.set(key, training);
    const [leastRecentlyUsed] = this.kept.keys();
    if (this.kept.size > this.config.complexity.modelsKept && leastRecentlyUsed !== undefined) {
      this.forget(leastRecentlyUsed);
    }
    return training;
  }

  private forget(key: string): void {
    void this.kept.get(key)?.end();
    this.kept.delete(key);
  }
}

function keyOf(project: string): string {
  return JSON.stringify([currentTenant(), project]);
}

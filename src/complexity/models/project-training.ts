import type { Logger } from '@nestjs/common';
import type { Semaphore } from '../../common/async/semaphore.js';
import { MOST_EXAMPLES } from '../estimation/history/train-history-model.js';
import type { HistoryVersion } from '../history/outcome.js';
import type { TaskHistory } from '../history/task-history.js';
import type { ProjectModel } from './project-model.js';
import { trainProjectModel } from './train-project-model.js';

/** Least time from one training of a project to the next, and as a multiple of the time that training takes. */
const PAUSE_MS = 500;
const PAUSE_FACTOR = 10;

/** The model of one project, and the training of its successor: one at a time. */
export class ProjectTraining {
  private model: ProjectModel | null = null;
  /** What the latest training has read; it may have found too little for a model. */
  private seen: HistoryVersion | null = null;
  private running: Promise<void> | null = null;
  private timer: NodeJS.Timeout | null = null;
  private nextAt = 0;
  private readonly abort = new AbortController();

  constructor(
    private readonly project: string,
    private readonly history: TaskHistory,
    private readonly turns: Semaphore,
    private readonly logger: Logger,
  ) {}

  /** The latest model; waits for the first one, at most `waitMs`. */
  async modelAt(version: HistoryVersion, waitMs: number): Promise<ProjectModel | null> {
    if (this.hasSeen(version)) {
      if (this.seen?.revision !== version.revision) this.refreshSoon();
      return this.model;
    }
    this.model = null;
    this.seen = null;
    await this.waitFor(this.start(), waitMs);
    // A training that was under way may have read a history that has been deleted meanwhile.
    return this.hasSeen(version) ? this.model : null;
  }

  /** Trains again, after a pause that keeps trainings a small part of all work. */
  refreshSoon(): void {
    if (this.timer !== null || this.abort.signal.aborted) return;
    const delay = Math.max(PAUSE_MS, this.nextAt - performance.now());
    this.timer = setTimeout(() => {
      this.timer = null;
      // Outcomes that arrive during a training may not be in it.
      if (this.running === null) void this.start();
      else void this.running.then(() => this.start());
    }, delay);
    this.timer.unref();
  }

  /** Settles once nothing of it runs any more. */
  async end(): Promise<void> {
    if (this.timer !== null) clearTimeout(this.timer);
    this.abort.abort(new Error('The model is not in use any more.'));
    await this.running;
  }

  /** Whether it has learnt from this history, in whichever state. */
  private hasSeen(version: HistoryVersion): boolean {
    return this.seen?.generation === version.generation;
  }

  /** Never rejects. */
  private start(): Promise<void> {
    this.running ??= this.turns
      .run(() => this.train(), this.abort.signal)
      .catch((error: unknown) => {
        if (!this.abort.signal.aborted) this.logger.warn(`A history could not be learnt: ${reasonOf(error)}`);
      })
      .finally(() => {
        this.running = null;
      });
    return this.running;
  }

  private async train(): Promise<void> {
    const startedAt = performance.now();
    const version = await this.history.version(this.project);
    if (version === null) return;
    const tasks = await this.history.recentTasks(this.project, MOST_EXAMPLES, this.abort.signal);
    const model = await trainProjectModel(tasks, version, this.abort.signal);
    this.model = model;
    this.seen = version;
    const finishedAt = performance.now();
    this.nextAt = finishedAt + PAUSE_FACTOR * (finishedAt - startedAt);
  }

  private async waitFor(work: Promise<void>, milliseconds: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, milliseconds);
    });
    try {
      await Promise.race([work, limit]);
    } finally {
      clearTimeout(timer);
    }
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown reason';
}

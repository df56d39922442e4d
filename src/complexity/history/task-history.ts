import { Injectable } from '@nestjs/common';
import { Database } from '../../core/database/database.js';
import type { MeasuredOutcome } from '../accuracy/measure-accuracy.js';
import type { PastTask } from '../estimation/task.js';
import * as estimateRows from './estimate-table.js';
import * as historyRows from './history-table.js';
import type { HistoryVersion, KeptEstimate, Outcome, OutcomeToKeep } from './outcome.js';
import * as outcomeRows from './outcome-table.js';

/** Outcomes that one transaction writes: others get their turn in between. */
const BATCH_SIZE = 250;
/** Tasks that are read at once. */
const PAGE_SIZE = 500;

export interface KeptCounts {
  readonly added: number;
  readonly replaced: number;
}

/** What projects have done, and what had been estimated. */
@Injectable()
export class TaskHistory {
  constructor(private readonly database: Database) {}

  /**
   * Keeps outcomes; one with a known id replaces that one. Each batch is kept whole or not at all, so that after a
   * failure everything can be sent again.
   * @param outcomes their ids all different, oldest first where they have no time
   */
  async keep(project: string, outcomes: readonly OutcomeToKeep[]): Promise<KeptCounts> {
    let added = 0;
    for (let start = 0; start < outcomes.length; start += BATCH_SIZE) {
      added += await this.keepBatch(project, outcomes.slice(start, start + BATCH_SIZE));
    }
    return { added, replaced: outcomes.length - added };
  }

  /** The most recently completed first; descriptions are cut at `DESCRIPTION_LIMIT`. */
  list(project: string, page: { readonly limit: number; readonly offset: number }): Promise<Outcome[]> {
    return outcomeRows.listOutcomes(this.database, project, page);
  }

  /**
   * As much of the most recent past tasks as models read, the latest last. Read in pages, so that others get their turn.
   * @throws the signal's reason when it fires
   */
  async recentTasks(project: string, limit: number, signal: AbortSignal): Promise<PastTask[]> {
    // What arrives meanwhile moves the pages, so that a task can be on two of them.
    const tasks = new Map<string, PastTask>();
    for (let offset = 0; offset < limit; offset += PAGE_SIZE) {
      signal.throwIfAborted();
      const page = { limit: Math.min(PAGE_SIZE, limit - offset), offset };
      const rows = await outcomeRows.listPastTasks(this.database, project, page);
      for (const task of rows) tasks.set(task.id, task);
      if (rows.length < page.limit) break;
    }
    return [...tasks.values()].reverse();
  }

  /** Figures of the most recent outcomes, the latest last. */
  async measuredOutcomes(project: string, limit: number): Promise<MeasuredOutcome[]> {
    const outcomes = await outcomeRows.listMeasured(this.database, project, limit);
    return outcomes.reverse();
  }

  find(project: string, ids: readonly string[]): Promise<Outcome[]> {
    return outcomeRows.findOutcomes(this.database, project, ids);
  }

  /** @returns how many outcomes there were */
  delete(project: string): Promise<number> {
    return this.database.transaction(async (transaction) => {
      await historyRows.deleteHistory(transaction, project);
      return outcomeRows.deleteOutcomes(transaction, project);
    });
  }

  /** Null while the project has no history. */
  version(project: string): Promise<HistoryVersion | null> {
    return historyRows.findVersion(this.database, project);
  }

  /** Outcomes of all projects, and of the one with the most. */
  count(): Promise<{ total: number; longest: number }> {
    return historyRows.countOutcomes(this.database);
  }

  keepEstimate(estimate: KeptEstimate): Promise<void> {
    return estimateRows.insertEstimate(this.database, estimate);
  }

  /** Null when there is none with this id, or not any more. */
  findEstimate(id: string): Promise<KeptEstimate | null> {
    return estimateRows.findEstimate(this.database, id);
  }

  private keepBatch(project: string, outcomes: readonly OutcomeToKeep[]): Promise<number> {
    return this.database.transaction(async (transaction) => {
      await historyRows.beginChange(transaction, project);
      const added = await outcomeRows.upsertOutcomes(transaction, project, outcomes);
      await historyRows.addToCount(transaction, project, added);
      return added;
    });
  }
}

import type { PastTask, Task } from '../estimation/task.js';
import type { DeliveryMetrics } from '../metrics/delivery-metrics.js';

/** Which layer made an estimate, best evidence first. */
export const METHODS = ['llm', 'history', 'heuristic'] as const;
export type Method = (typeof METHODS)[number];

/** What had been estimated for a task before it was done. */
export interface EarlierEstimate {
  /** 1..5; null where only hours were. */
  readonly level: number | null;
  readonly hours: number | null;
  readonly hoursLow: number | null;
  readonly hoursHigh: number | null;
  readonly storyPoints: number | null;
}

/** A task that was done, what doing it consisted of, and what had been thought of it before. */
export interface Outcome extends PastTask {
  readonly metrics: DeliveryMetrics | null;
  readonly estimate: EarlierEstimate | null;
}

/** An outcome to keep; one without a time was completed when it arrives. */
export type OutcomeToKeep = Omit<Outcome, 'completedAt'> & { readonly completedAt: Date | null };

/** Identifies a state of a project's history: the same in all replicas, another one after every change. */
export interface HistoryVersion {
  /** Another one after the history was deleted. */
  readonly generation: string;
  readonly revision: number;
  readonly count: number;
}

/** An estimate that an outcome may be compared with later. */
export interface KeptEstimate {
  readonly id: string;
  readonly project: string;
  readonly task: Task;
  /** 1..5. */
  readonly level: number;
  readonly hours: number;
  readonly hoursLow: number;
  readonly hoursHigh: number;
  readonly storyPoints: number | null;
  readonly method: Method;
}

import type { ProblemDto } from '../../common/errors/problem.js';

export const JOB_STATES = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const;
export type JobState = (typeof JOB_STATES)[number];

/** How far a job has come. */
export interface JobProgress {
  /** From 0 to 1. */
  readonly fraction: number;
  /** Where the work is countable; else null. */
  readonly done: number | null;
  readonly total: number | null;
}

/** A job without what came out of it, which may be large. */
export interface JobSummary {
  readonly id: string;
  /** What it does, e.g. `rag.index`. */
  readonly kind: string;
  readonly state: JobState;
  readonly progress: JobProgress;
  readonly createdAt: Date;
  /** When it was first started; null while it has not been. */
  readonly startedAt: Date | null;
  /** Null until it has ended. */
  readonly finishedAt: Date | null;
  /** Why it failed, as the answer to the request would have said; null unless it did. */
  readonly problem: ProblemDto | null;
}

export interface Job extends JobSummary {
  /** What the answer to the request would have been; null unless it succeeded. */
  readonly result: object | null;
}

/** Whether nothing will change any more. */
export function hasEnded({ state }: Pick<JobSummary, 'state'>): boolean {
  return state !== 'queued' && state !== 'running';
}

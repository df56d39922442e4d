import type { Readable } from 'node:stream';

/**
 * Does the work of one kind of jobs. A capability registers its handlers with `JobHandlers` in `onModuleInit`.
 *
 * A job is run at least once: when its process is killed, another one (or the same after its restart) starts it again
 * with the checkpoint that was saved last. Everything after that checkpoint must be harmless to do twice.
 */
export interface JobHandler<
  Payload extends object = object,
  Checkpoint extends object = object,
  Result extends object = object,
> {
  /** Lower case words with dots between, e.g. `rag.index`. Stored with each job, so it never changes. */
  readonly kind: string;
  /**
   * How many jobs of the kind a process runs at the same time. When absent, one less than `JOB_CONCURRENCY`, so that
   * other kinds don't wait for this one.
   */
  readonly concurrency?: number;
  /**
   * @param payload as it was submitted, after a journey as JSON
   * @returns what a synchronous request would have been answered with; stored as JSON
   * @throws whatever a synchronous request would have thrown: it becomes the job's `problem`. After `context.signal`
   *   has fired, what is thrown doesn't matter.
   */
  run(payload: Payload, context: JobContext<Checkpoint>): Promise<Result>;
}

/** What a handler knows about the job that it runs, and says about it. */
export interface JobContext<Checkpoint extends object = object> {
  readonly jobId: string;
  /** Fires when the job is cancelled, when its process shuts down, and when another process has taken it over. */
  readonly signal: AbortSignal;
  /** What was saved last, by an earlier start of the job; null when nothing was. */
  readonly checkpoint: Checkpoint | null;
  /**
   * Stores how far the job is. With a checkpoint it is stored for certain once this resolves; without one, reports
   * that follow each other closely are left out.
   * @throws the signal's reason once the job is somebody else's
   */
  readonly save: (advance: JobAdvance<Checkpoint>) => Promise<void>;
  /** Reads a file that was submitted with the job. */
  readonly readFile: (name: string) => Readable;
}

export interface JobAdvance<Checkpoint extends object = object> {
  /** Whole steps finished, and how many there are. */
  readonly done?: number;
  readonly total?: number;
  /** From 0 to 1; when absent, `done` of `total`. */
  readonly fraction?: number;
  /** JSON that a restarted job goes on from; when absent, the last one stays. */
  readonly checkpoint?: Checkpoint;
}

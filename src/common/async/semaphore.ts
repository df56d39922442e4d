import { abortReason } from './abortable.js';

export interface SemaphoreOptions {
  /** How many tasks run at the same time. */
  readonly permits: number;
  /** How many more may wait for their turn. */
  readonly maxWaiting: number;
  /** Makes the error for a task that finds the queue full. */
  readonly onOverflow: () => Error;
}

export interface TurnOptions {
  /** Waits even where the queue is full. For tasks whose number is bounded elsewhere. */
  readonly isPatient?: boolean;
}

/** Limits how many tasks run at the same time. The others wait in a queue of limited length, first come first served. */
export class Semaphore {
  private running = 0;
  private readonly queue = new Set<() => void>();

  constructor(private readonly options: SemaphoreOptions) {}

  /** How many tasks run, and how many wait for their turn. */
  get load(): { readonly running: number; readonly waiting: number } {
    return { running: this.running, waiting: this.queue.size };
  }

  /**
   * Runs `task` when it is its turn.
   * @param signal takes the task out of the queue; a task that runs has to heed it by itself
   */
  async run<T>(task: () => Promise<T>, signal?: AbortSignal, options?: TurnOptions): Promise<T> {
    const release = await this.enter(signal, options);
    try {
      return await task();
    } finally {
      release();
    }
  }

  /**
   * Waits until it is one's turn, for work that is no single task.
   * @returns what ends the turn; to be called once
   */
  async enter(signal?: AbortSignal, { isPatient = false }: TurnOptions = {}): Promise<() => void> {
    await this.acquire(signal, isPatient);
    return () => {
      this.release();
    };
  }

  private async acquire(signal: AbortSignal | undefined, isPatient: boolean): Promise<void> {
    if (signal?.aborted) throw abortReason(signal);
    if (this.running < this.options.permits) {
      this.running += 1;
      return;
    }
    if (!isPatient && this.queue.size >= this.options.maxWaiting) throw this.options.onOverflow();
    await this.turn(signal);
  }

  private turn(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const begin = (): void => {
        signal?.removeEventListener('abort', giveUp);
        resolve();
      };
      const giveUp = (): void => {
        this.queue.delete(begin);
        if (signal) reject(abortReason(signal));
      };
      this.queue.add(begin);
      signal?.addEventListener('abort', giveUp, { once: true });
    });
  }

  /** Hands the permit to the next in the queue, so that nobody can overtake. */
  private release(): void {
    const [next] = this.queue;
    if (next === undefined) {
      this.running -= 1;
      return;
    }
    this.queue.delete(next);
    next();
  }
}

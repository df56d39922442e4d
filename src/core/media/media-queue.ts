import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { LinkedAbort } from '../../common/async/linked-abort.js';
import { Semaphore } from '../../common/async/semaphore.js';
import { TimeLimit } from '../../common/async/time-limit.js';
import { RateLimitedError } from '../../common/errors/rate-limited.error.js';
import { UnavailableError } from '../../common/errors/unavailable.error.js';
import { AppConfig } from '../../config/app-config.js';
import { UnusableMediaError } from './unusable-media.error.js';

const RETRY_AFTER_SECONDS = 5;

/** Who works on a recording. */
export interface MediaTask {
  /** Fires when nobody wants the result any more. */
  readonly signal?: AbortSignal | undefined;
  /** It is a job's, which waits for its turn however many do, and leaves a place to requests. */
  readonly isJob?: boolean | undefined;
}

/** Where everything that starts media processes waits for its turn, and from where it is stopped. */
@Injectable()
export class MediaQueue implements OnApplicationShutdown {
  private readonly turns: Semaphore;
  /** Of jobs, before they queue with everybody else. As many as there are have to wait. */
  private readonly jobTurns: Semaphore;
  private readonly timeoutMs: number;
  private readonly running = new Map<LinkedAbort, Promise<unknown>>();
  private closing: UnavailableError | null = null;

  constructor({ media }: AppConfig) {
    this.timeoutMs = media.timeoutMs;
    this.jobTurns = new Semaphore({
      permits: Math.max(1, media.concurrency - 1),
      maxWaiting: Infinity,
      onOverflow: () => new Error('Any number of jobs may wait.'),
    });
    this.turns = new Semaphore({
      permits: media.concurrency,
      maxWaiting: media.maxWaiting,
      onOverflow: () =>
        new RateLimitedError('Too many recordings are being worked on; try again later.', {
          retryAfterSeconds: RETRY_AFTER_SECONDS,
        }),
    });
  }

  /** How many tasks run, and how many wait for their turn. */
  get load(): { readonly running: number; readonly waiting: number } {
    return this.turns.load;
  }

  /**
   * Runs a task when it is its turn. It has to end its processes when the signal that it is given fires.
   * @throws RateLimitedError when too many wait, but not for jobs; UnusableMediaError when the task takes too long,
   *   UnavailableError at shutdown, the reason of `signal`
   */
  run<T>(task: (signal: AbortSignal) => Promise<T>, { signal, isJob = false }: MediaTask = {}): Promise<T> {
    const runInTurn = () => this.turns.run(() => this.runNow(task, signal), signal, { isPatient: isJob });
    return isJob ? this.jobTurns.run(runInTurn, signal) : runInTurn();
  }

  async onApplicationShutdown(): Promise<void> {
    const closing = new UnavailableError(
      'The service is shutting down; send the request to another replica.',
    );
    this.closing = closing;
    for (const abort of this.running.keys()) abort.abort(closing);
    await Promise.allSettled(this.running.values());
  }

  private async runNow<T>(task: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T> {
    // Much may have happened since its turn came.
    signal?.throwIfAborted();
    if (this.closing) throw this.closing;
    const abort = new LinkedAbort(signal);
    const limit = new TimeLimit(this.timeoutMs, abort.signal);
    const work = task(limit.signal);
    this.running.set(abort, work);
    try {
      return await work;
    } catch (error) {
      abort.signal.throwIfAborted();
      if (limit.isExceeded)
        throw new UnusableMediaError('takes too long to read; MEDIA_TIMEOUT_MS is the limit');
      throw error;
    } finally {
      this.running.delete(abort);
      limit.clear();
      abort.unlink();
    }
  }
}

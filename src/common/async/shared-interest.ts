import { setMaxListeners } from 'node:events';
import { abortReason } from './abortable.js';

/** What several callers wait for, each with an abort signal of its own: `signal` fires once all of them have given up. */
export class SharedInterest {
  private readonly controller = new AbortController();
  private readonly waiting = new Set<symbol>();

  constructor() {
    // Any number of calls may be made on behalf of those who wait, which is no leak to be warned of.
    setMaxListeners(0, this.signal);
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Waits for `result`; gives up, rejecting at once with its reason, when `signal` fires. */
  wait<T>(result: Promise<T>, signal?: AbortSignal): Promise<T> {
    return SharedInterest.waitInAll([this], result, signal);
  }

  /** Waits for a result that several have a part in, and gives up on all of them together. */
  static waitInAll<T>(
    interests: readonly SharedInterest[],
    result: Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    const caller = Symbol('caller');
    for (const { waiting } of interests) waiting.add(caller);
    return new Promise<T>((resolve, reject) => {
      const leave = (): void => {
        for (const { waiting } of interests) waiting.delete(caller);
        signal?.removeEventListener('abort', giveUp);
      };
      const giveUp = (): void => {
        leave();
        for (const interest of interests) interest.abortIfDeserted(signal?.reason);
        if (signal) reject(abortReason(signal));
      };
      result.finally(leave).then(resolve, reject);
      if (signal?.aborted) giveUp();
      else signal?.addEventListener('abort', giveUp, { once: true });
    });
  }

  private abortIfDeserted(reason: unknown): void {
    if (this.waiting.size === 0) this.controller.abort(reason);
  }
}

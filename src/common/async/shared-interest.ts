import { abortReason } from './abortable.js';

/** What several callers wait for, each with an abort signal of its own: `signal` fires once all of them have given up. */
export class SharedInterest {
  private readonly controller = new AbortController();
  private readonly waiting = new Set<symbol>();

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Waits for `result`; gives up, rejecting at once with its reason, when `signal` fires. */
  wait<T>(result: Promise<T>, signal?: AbortSignal): Promise<T> {
    const caller = Symbol('caller');
    this.waiting.add(caller);
    return new Promise<T>((resolve, reject) => {
      const leave = (): void => {
        this.waiting.delete(caller);
        signal?.removeEventListener('abort', giveUp);
      };
      const giveUp = (): void => {
        leave();
        if (this.waiting.size === 0) this.controller.abort(signal?.reason);
        if (signal) reject(abortReason(signal));
      };
      result.finally(leave).then(resolve, reject);
      if (signal?.aborted) giveUp();
      else signal?.addEventListener('abort', giveUp, { once: true });
    });
  }
}

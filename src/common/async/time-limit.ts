import { LinkedAbort } from './linked-abort.js';

/** An abort signal that fires after a time, or with its parent. `isExceeded` tells which it was. */
export class TimeLimit {
  private readonly abort: LinkedAbort;
  private timer: NodeJS.Timeout | undefined;
  private exceeded = false;

  constructor(
    private readonly milliseconds: number,
    parent?: AbortSignal,
  ) {
    this.abort = new LinkedAbort(parent);
    this.resume();
  }

  get signal(): AbortSignal {
    return this.abort.signal;
  }

  get isExceeded(): boolean {
    return this.exceeded;
  }

  /** Stops the clock, while somebody else is to be waited for. */
  pause(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** Starts it anew, with all of its time. */
  resume(): void {
    this.pause();
    this.timer = setTimeout(() => {
      this.exceeded = true;
      this.abort.abort(new Error(`not finished within ${this.milliseconds} ms`));
    }, this.milliseconds);
  }

  /** To be called once the work is over. */
  clear(): void {
    this.pause();
    this.abort.unlink();
  }
}

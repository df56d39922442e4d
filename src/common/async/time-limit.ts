import { LinkedAbort } from './linked-abort.js';

/** An abort signal that fires after a time, or with its parent. `isExceeded` tells which it was. */
export class TimeLimit {
  private readonly abort: LinkedAbort;
  private readonly timer: NodeJS.Timeout;
  private exceeded = false;

  constructor(milliseconds: number, parent?: AbortSignal) {
    this.abort = new LinkedAbort(parent);
    this.timer = setTimeout(() => {
      this.exceeded = true;
      this.abort.abort(new Error(`not finished within ${milliseconds} ms`));
    }, milliseconds);
  }

  get signal(): AbortSignal {
    return this.abort.signal;
  }

  get isExceeded(): boolean {
    return this.exceeded;
  }

  /** To be called once the work is over. */
  clear(): void {
    clearTimeout(this.timer);
    this.abort.unlink();
  }
}

import { setMaxListeners } from 'node:events';

/** An abort signal that can be fired on its own, and that also fires, with the same reason, when its parent does. */
export class LinkedAbort {
  private readonly controller = new AbortController();
  private readonly follow = (): void => {
    this.controller.abort(this.parent?.reason);
  };

  constructor(private readonly parent?: AbortSignal) {
    setMaxListeners(0, this.signal);
    if (parent?.aborted) this.follow();
    else parent?.addEventListener('abort', this.follow, { once: true });
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  abort(reason: unknown): void {
    this.controller.abort(reason);
  }

  /** Lets go of the parent. To be called once the work is over, so that a long-lived parent doesn't collect listeners. */
  unlink(): void {
    this.parent?.removeEventListener('abort', this.follow);
  }
}

import { Injectable } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { Deferred } from '../../common/async/deferred.js';

/** Wakes the worker of this process when there is something to do, so that it need not ask often. */
@Injectable()
export class JobBell {
  private next = new Deferred<void>();

  ring(): void {
    this.next.resolve();
  }

  /** Waits for a ring, also one since the last wait, but no longer than this. */
  async wait(milliseconds: number): Promise<void> {
    const timer = new AbortController();
    const pause = sleep(milliseconds, undefined, { signal: timer.signal, ref: false });
    await Promise.race([this.next.promise, pause.catch(() => undefined)]);
    timer.abort();
    this.next = new Deferred<void>();
  }
}

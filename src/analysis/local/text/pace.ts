import { abortable } from '../../../common/async/abortable.js';
import { TimeSlice } from '../../../common/async/time-slice.js';

/** Lets a long analysis share the event loop and stop when its caller has gone: `await pace.step()` between its steps. */
export class Pace {
  private readonly slice = new TimeSlice();

  constructor(private readonly signal: AbortSignal) {}

  /** @throws the reason of the signal once it has fired */
  async step(): Promise<void> {
    this.signal.throwIfAborted();
    await this.slice.breathe();
    this.signal.throwIfAborted();
  }

  /** Waits for what others may wait for too, until the signal fires. */
  waitFor<T>(work: Promise<T>): Promise<T> {
    return abortable(work, this.signal);
  }
}

import { abortReason } from '../../../common/async/abortable.js';
import { TimeSlice } from '../../../common/async/time-slice.js';

/** Lets a training share the event loop, and end early. */
export class TrainingPace {
  private readonly slice = new TimeSlice();

  constructor(private readonly signal?: AbortSignal) {}

  /** @throws the signal's reason when it has fired */
  async breathe(): Promise<void> {
    if (this.signal?.aborted === true) throw abortReason(this.signal);
    await this.slice.breathe();
  }
}

import { setImmediate as nextTurn } from 'node:timers/promises';

const DEFAULT_SLICE_MS = 5;

/** Lets a long computation share the event loop: `await slice.breathe()` between its steps. */
export class TimeSlice {
  private startedAt = performance.now();

  constructor(private readonly sliceMs = DEFAULT_SLICE_MS) {}

  /** Goes on at once while the slice lasts; afterwards, other work runs first and a new slice begins. */
  async breathe(): Promise<void> {
    if (performance.now() - this.startedAt < this.sliceMs) return;
    await nextTurn();
    this.startedAt = performance.now();
  }
}

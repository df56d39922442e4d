import { setImmediate as nextTurn } from 'node:timers/promises';

const DEFAULT_SLICE_MS = 5;

/**
 * Lets a long computation share the event loop: `await slice.breathe()` between its steps. Where steps are short, so is
 * `if (slice.isOver) await slice.breathe()`: awaiting costs more than looking.
 */
export class TimeSlice {
  private startedAt = performance.now();

  constructor(private readonly sliceMs = DEFAULT_SLICE_MS) {}

  get isOver(): boolean {
    return performance.now() - this.startedAt >= this.sliceMs;
  }

  /** Goes on at once while the slice lasts; afterwards, other work runs first and a new slice begins. */
  async breathe(): Promise<void> {
    if (!this.isOver) return;
    await nextTurn();
    this.startedAt = performance.now();
  }
}

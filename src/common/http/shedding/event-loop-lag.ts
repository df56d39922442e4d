const TICK_MS = 10;
/** How much of a new measurement goes into the average: a pause that stands alone is none to speak of. */
const SHARE_OF_NEW = 0.2;

/** How late the event loop is: whatever arrives now has waited about as long. */
export class EventLoopLag {
  private timer: NodeJS.Timeout | undefined;
  private expectedAt = Infinity;
  private average = 0;

  constructor(private readonly now: () => number = () => performance.now()) {}

  start(): void {
    this.expectedAt = this.now() + TICK_MS;
    this.timer = setInterval(() => {
      this.tick();
    }, TICK_MS).unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** Whether it has been this late for some time, and still is half as late in this moment. */
  isLate(limitMs: number): boolean {
    return this.average > limitMs && this.now() - this.expectedAt > limitMs / 2;
  }

  private tick(): void {
    const now = this.now();
    const lag = Math.max(0, now - this.expectedAt);
    this.average += (lag - this.average) * SHARE_OF_NEW;
    this.expectedAt = now + TICK_MS;
  }
}

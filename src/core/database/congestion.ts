/** How many make a queue too long, when somebody has waited too long as well. */
const CROWD = 64;
/** How many may wait while the pressure lasts. */
const FEW = 20;
/** For how long all must have been let in before a crowd may come again. */
const CALM_MS = 1000;
/** How long those who were let in are on their way to the queue, at most. */
const ON_THE_WAY_MS = 20;

/** What is known about a queue. */
export interface QueueState {
  /** How many wait. */
  readonly waiting: number;
  /** For how long the one has waited who is next. */
  readonly longestWaitMs: number;
}

/**
 * Decides who may still join a queue. A crowd that comes out of nowhere is let in whole; once somebody has waited too
 * long, only so many may wait until the pressure is gone. Without that memory one crowd after the other would be let
 * in, each as soon as the one before it is through.
 */
export class Congestion {
  private pressedAt = -Infinity;
  private letIn = { since: -Infinity, before: 0, now: 0 };

  constructor(
    private readonly maxWaitMs: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Whether one more may join; whoever may is expected to. */
  admits({ waiting, longestWaitMs }: QueueState): boolean {
    const now = this.now();
    const expected = waiting + this.onTheWay(now);
    if (waiting >= CROWD && longestWaitMs > this.maxWaitMs) this.pressedAt = now;
    if (expected >= FEW && now - this.pressedAt < CALM_MS) {
      this.pressedAt = now;
      return false;
    }
    this.letIn.now += 1;
    return true;
  }

  private onTheWay(now: number): number {
    const { since, now: current } = this.letIn;
    if (now - since > ON_THE_WAY_MS) {
      const isNext = now - since < 2 * ON_THE_WAY_MS;
      this.letIn = { since: now, before: isNext ? current : 0, now: 0 };
    }
    return this.letIn.before + this.letIn.now;
  }
}

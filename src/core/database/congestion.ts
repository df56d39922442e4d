import type { Admission } from '../../common/http/shedding/admission.js';
import type { Verdict } from '../../common/http/shedding/load-shedding.js';

/** How many make a queue too long, when somebody has waited too long as well. */
const CROWD = 64;
/** How many refusals since the pressure began mean that it is no crowd any more, which would be through in a moment. */
const MANY_REFUSED = 64;
/** How many may wait in the queue itself, so that connections never idle until the next ones come from the door. */
const SOME = 8;
/** How many may wait in all while the pressure lasts, at most and at least. */
const FEW = 20;
const FEWEST = 2;
/** Of the longest wait, how long those may wait under pressure who were let in: on average, and each of them. */
const AVERAGE_SHARE = 1 / 8;
const PATIENCE_SHARE = 0.4;
/** For how long all must have been let in before a crowd may come again. */
const CALM_MS = 1000;
/** For how long those who were let in count as coming: they may have a long body to send, or not need the queue. */
const COMING_MS = 50;
/** How often is looked at how long those wait who were let in under pressure. */
const REVIEW_MS = 50;
/** How late the event loop may be under pressure before it has to catch up, with nobody let in meanwhile. */
const BEHIND_MS = 2;
/** How often one is let in all the same, so that an event loop which is always late starves nobody. */
const ONE_EVERY_MS = 50;

/** What is known about a queue. */
export interface QueueState {
  /** How many wait. */
  readonly waiting: number;
  /** How many wait at the door until they may join them. */
  readonly atDoor: number;
  /** For how long the one has waited who is next, wherever he waits. */
  readonly longestWaitMs: number;
}

/**
 * Decides who may join a queue, and for how long they may wait. Nobody of a crowd that comes out of nowhere is refused,
 * but few are let in at a time, because whoever is in costs processor time that those before him need. Once somebody has
 * waited too long, the queue is under pressure until nobody had to be refused for a while; without that memory one crowd
 * after the other would be let in, each as soon as the one before it is through. Under pressure only so many are let in
 * as have to wait for a moment, and once many were refused, whoever waits for much longer is refused as well: those who
 * come last into a crowd do not cost those their turn who were there before. While the event loop is late, hardly anybody
 * is let in: a refusal takes a tenth of the time that an answer takes, so that it catches up in a moment.
 */
export class Congestion {
  private pressedAt = -Infinity;
  /** How many were refused since the pressure began. */
  private refused = 0;
  private few = SOME;
  private waits = { since: 0, sum: 0, count: 0 };
  private isBehind = false;
  private wasTooLong = false;
  private letInAt = -Infinity;
  /** Those who were let in a moment ago, and when; the first of them first. */
  private readonly coming = new Map<Admission, number>();

  constructor(
    private readonly maxWaitMs: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** How long anybody may wait now; Infinity while there is no pressure. */
  get patienceMs(): number {
    return this.isPressed && this.refused >= MANY_REFUSED ? this.maxWaitMs * PATIENCE_SHARE : Infinity;
  }

  get isPressed(): boolean {
    return this.now() - this.pressedAt < CALM_MS;
  }

  /** Whether one more may join; whoever may is expected to, and whoever is to wait comes when there is room. */
  judge(queue: QueueState, admission: Admission): Verdict {
    // What comes right after a pause of the event loop may have come before it.
    if (this.wasTooLong && this.isTooLong(queue)) {
      if (!this.isPressed) this.begin();
      this.noteRefusal();
      return 'refuse';
    }
    if (this.isPressed) this.review(queue.longestWaitMs);
    const hasRoom = this.hasRoom({ waiting: queue.atDoor + queue.waiting });
    if (this.isPressed && !hasRoom) {
      this.noteRefusal();
      return 'refuse';
    }
    if (queue.atDoor > 0 || !hasRoom) return 'wait';
    this.expect(admission);
    return 'enter';
  }

  /** Whether one more may be let in where so many wait. */
  hasRoom({ waiting }: Pick<QueueState, 'waiting'>): boolean {
    if (!this.isPressed) return waiting + this.countComing() < SOME;
    if (this.isBehind && this.now() - this.letInAt <= ONE_EVERY_MS) return false;
    return waiting + this.countComing() < (this.isBehind ? 1 : this.few);
  }

  /** Somebody was let in, and is expected to join the queue. */
  expect(admission: Admission): void {
    this.letInAt = this.now();
    this.coming.set(admission, this.letInAt);
  }

  /** To be called again and again while anybody waits. @param lagMs how late the call is */
  look(queue: QueueState, lagMs: number): void {
    this.isBehind = lagMs > BEHIND_MS;
    this.wasTooLong = this.isTooLong(queue);
  }

  /** Somebody had to be refused who would have joined, or had. */
  noteRefusal(): void {
    if (!this.isPressed) return;
    this.pressedAt = this.now();
    this.refused += 1;
  }

  private isTooLong({ waiting, atDoor, longestWaitMs }: QueueState): boolean {
    return waiting + atDoor >= CROWD && longestWaitMs > this.maxWaitMs;
  }

  private begin(): void {
    this.pressedAt = this.now();
    this.refused = 0;
    this.few = SOME;
    this.waits = { since: this.now(), sum: 0, count: 0 };
  }

  /** Lets fewer in while those who were let in wait too long, and more while they don't. */
  private review(waitMs: number): void {
    this.waits.sum += waitMs;
    this.waits.count += 1;
    if (this.now() - this.waits.since < REVIEW_MS) return;
    const average = this.waits.sum / this.waits.count;
    const isTooMuch = average > this.maxWaitMs * AVERAGE_SHARE;
    this.few = isTooMuch ? Math.max(FEWEST, this.few * 0.75) : Math.min(FEW, this.few + 1);
    this.waits = { since: this.now(), sum: 0, count: 0 };
  }

  private countComing(): number {
    const now = this.now();
    for (const [admission, since] of this.coming) {
      if (admission.stage !== 'coming' || now - since > COMING_MS) this.coming.delete(admission);
    }
    return this.coming.size;
  }
}

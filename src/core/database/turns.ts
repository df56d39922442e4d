import { Deferred } from '../../common/async/deferred.js';
import { type Admission, currentAdmission } from '../../common/http/shedding/admission.js';
import { OverloadedError } from '../../common/http/shedding/overloaded.error.js';

/** Whoever comes this long after he was let in had a file received and read, or a provider asked: that is not thrown away. */
const LONG_MS = 1000;

interface Turn {
  readonly since: number;
  /** The request that waits; null for the service's own work. */
  readonly admission: Admission | null;
  readonly reject: (error: OverloadedError) => void;
}

/** Says how long requests may wait, and hears of those who were refused for it. */
export interface Patience {
  /** In milliseconds; Infinity while all may wait as long as it takes. */
  readonly patienceMs: number;
  noteRefusal(): void;
}

/** How to come by what is waited for, and how to give it back unused. */
export interface Source<T> {
  take(): Promise<T>;
  giveBack(): Promise<unknown>;
}

/**
 * Those who wait for a connection, the first of them first. While there is a limit to how long anybody may wait, requests
 * that are beyond it are refused, but only those for which nothing has been done yet: no half of any work is left.
 */
export class Turns {
  private readonly turns = new Set<Turn>();
  private patience: Patience | null = null;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** How many wait. */
  get waiting(): number {
    return this.turns.size;
  }

  /** For how long the one has waited who is next; 0 while nobody waits. */
  get longestWaitMs(): number {
    const [first] = this.turns;
    return first === undefined ? 0 : this.now() - first.since;
  }

  /** Without it, all wait as long as it takes. */
  limitBy(patience: Patience): void {
    this.patience = patience;
  }

  /** @throws OverloadedError when it took too long; what is taken later is given back */
  wait<T>(source: Source<T>): Promise<T> {
    const admission = currentAdmission();
    // It might try once more, and has nothing to undo.
    if (admission?.stage === 'refused') return Promise.reject(new OverloadedError());
    if (admission?.stage === 'coming') {
      admission.stage = this.now() - admission.at > LONG_MS ? 'served' : 'waiting';
    }
    const outcome = new Deferred<T>();
    const turn: Turn = {
      since: this.now(),
      admission,
      reject: (error) => {
        outcome.reject(error);
      },
    };
    this.turns.add(turn);
    source.take().then(
      (taken) => {
        // The event loop may have been held up, so that nobody has looked at those who wait.
        if (this.turns.has(turn) && this.isOverdue(turn)) this.refuse(turn);
        if (this.turns.delete(turn)) {
          if (admission !== null) admission.stage = 'served';
          outcome.resolve(taken);
        } else {
          source.giveBack().catch(() => undefined);
        }
      },
      (error: unknown) => {
        this.turns.delete(turn);
        outcome.reject(error);
      },
    );
    return outcome.promise;
  }

  /** Refuses all that have waited for too long. */
  refuseOverdue(): void {
    for (const turn of this.turns) if (this.isOverdue(turn)) this.refuse(turn);
  }

  /** All that waits for the same request is in vain then; it is one refusal. */
  private refuse({ admission }: Turn): void {
    if (admission === null) return;
    admission.stage = 'refused';
    for (const turn of this.turns) {
      if (turn.admission !== admission) continue;
      this.turns.delete(turn);
      turn.reject(new OverloadedError());
    }
    this.patience?.noteRefusal();
  }

  private isOverdue({ since, admission }: Turn): boolean {
    if (admission?.stage !== 'waiting') return false;
    const { patienceMs = Infinity } = this.patience ?? {};
    // From the door to here he may have taken as long again, and is told within both; who took longer has more to lose.
    const both = 2 * patienceMs;
    const isQuick = since - admission.at <= both;
    return this.now() - since > patienceMs || (isQuick && this.now() - admission.at > both);
  }
}

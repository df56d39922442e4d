import type { Visitor } from './load-shedding.js';

/** Requests that wait at the door, the first of them first. Nothing of them is read yet, so that they cost nothing. */
export class WaitingRoom {
  private readonly visitors = new Set<Visitor>();

  constructor(private readonly now: () => number = () => performance.now()) {}

  get size(): number {
    return this.visitors.size;
  }

  /** For how long the one has waited who is next; 0 while nobody waits. */
  get longestWaitMs(): number {
    const [first] = this.visitors;
    return first === undefined ? 0 : this.now() - first.admission.at;
  }

  add(visitor: Visitor): void {
    this.visitors.add(visitor);
  }

  /** Refuses all that have waited for longer than that. @returns how many */
  refuseOverdue(patienceMs: number): number {
    let refused = 0;
    for (const visitor of this.present()) {
      if (this.now() - visitor.admission.at <= patienceMs) break;
      this.visitors.delete(visitor);
      visitor.refuse();
      refused += 1;
    }
    return refused;
  }

  /** Takes out the one who is next; null while nobody waits. */
  next(): Visitor | null {
    const [first = null] = this.present();
    if (first !== null) this.visitors.delete(first);
    return first;
  }

  /** Without those who have gone. */
  private *present(): Generator<Visitor, void, undefined> {
    for (const visitor of this.visitors) {
      if (visitor.admission.stage === 'coming') yield visitor;
      else this.visitors.delete(visitor);
    }
  }
}

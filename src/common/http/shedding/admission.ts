import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * A request that was let in. It comes first, then it may wait for something, and from the moment on in which something
 * is done for it, it is served to its end. It may be refused only before that.
 */
export interface Admission {
  /** When it was let in, by `performance.now()`. */
  readonly at: number;
  stage: 'coming' | 'waiting' | 'refused' | 'served';
}

const storage = new AsyncLocalStorage<Admission>();

/** The request on whose behalf something is done; null outside of those that were let in by the front door. */
export function currentAdmission(): Admission | null {
  return storage.getStore() ?? null;
}

export function withAdmission(admission: Admission, work: () => void): void {
  storage.run(admission, work);
}

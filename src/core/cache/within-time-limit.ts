/** A timer so much behind its time tells of a busy process rather than of a slow answer. */
const LATE_MS = 10;
const GRACE_MS = 5;

export class TimeLimitError extends Error {
  override readonly name = 'TimeLimitError';

  constructor(readonly limitMs: number) {
    super(`no answer within ${limitMs} ms`);
  }
}

/**
 * Waits for `work`, but no longer than the limit; what comes of it later is dropped, errors included.
 * @throws TimeLimitError when the limit passes first
 */
export function withinTimeLimit<T>(work: Promise<T>, limitMs: number): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const dueAt = performance.now() + limitMs;
    // Timers run before input is read: one turn later an answer that was already there has been seen.
    const giveUp = () => setImmediate(reject, new TimeLimitError(limitMs));
    let timer = setTimeout(() => {
      if (performance.now() - dueAt > LATE_MS) timer = setTimeout(giveUp, GRACE_MS);
      else giveUp();
    }, limitMs);
    void work.then(resolve, reject).finally(() => {
      clearTimeout(timer);
    });
  });
}

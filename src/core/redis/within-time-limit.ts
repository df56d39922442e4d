/** The part of the limit that is waited for separately, with the event loop running. */
const LAST_STRETCH_MS = 5;

export class TimeLimitError extends Error {
  override readonly name = 'TimeLimitError';

  constructor(readonly limitMs: number) {
    super(`no answer within ${limitMs} ms`);
  }
}

/**
 * Waits for `work`, but no longer than the limit; what comes of it later is dropped, errors included.
 *
 * The limit is one for the other side. In a process that was busy all the while, the question may not have left and
 * the answer may not have been read, so the last stretch always passes with the event loop free to do both.
 * @throws TimeLimitError when the limit passes first
 */
export function withinTimeLimit<T>(work: Promise<T>, limitMs: number): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const lastStretchMs = Math.min(LAST_STRETCH_MS, limitMs / 2);
    // Timers run before input is read, hence the one turn more.
    const giveUp = () => setImmediate(reject, new TimeLimitError(limitMs));
    let timer = setTimeout(() => {
      timer = setTimeout(giveUp, lastStretchMs);
    }, limitMs - lastStretchMs);
    void work.then(resolve, reject).finally(() => {
      clearTimeout(timer);
    });
  });
}

/** Waits for `work`, but no longer than until `signal` fires: then it rejects at once with the signal's reason. */
export function abortable<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  return new Promise<T>((resolve, reject) => {
    const giveUp = (): void => {
      reject(abortReason(signal));
    };
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    work.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', giveUp);
    });
  });
}

/** The reason of a signal that has fired. By convention it is an error; `abort()` makes one where none is given. */
export function abortReason(signal: AbortSignal): Error {
  return signal.reason as Error;
}

/** How long a process has to end by itself when it is asked to. */
const GRACE_MS = 300;

/**
 * Ends a process when a signal fires: politely, then by force.
 * @returns what to call once it has ended
 */
export function endOnAbort(kill: (signal: NodeJS.Signals) => void, signal: AbortSignal): () => void {
  let timer: NodeJS.Timeout | undefined;
  const end = (): void => {
    kill('SIGTERM');
    timer = setTimeout(() => {
      kill('SIGKILL');
    }, GRACE_MS);
  };
  if (signal.aborted) end();
  else signal.addEventListener('abort', end, { once: true });
  return () => {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  };
}

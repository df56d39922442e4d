/**
 * Ends a process when a signal fires. By force, since nobody wants what it would still write.
 * @returns what to call once it has ended
 */
export function endOnAbort(kill: (signal: NodeJS.Signals) => void, signal: AbortSignal): () => void {
  const end = (): void => {
    kill('SIGKILL');
  };
  if (signal.aborted) end();
  else signal.addEventListener('abort', end, { once: true });
  return () => {
    signal.removeEventListener('abort', end);
  };
}

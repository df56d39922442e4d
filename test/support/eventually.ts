import { setTimeout as sleep } from 'node:timers/promises';

const DEADLINE_MS = 20_000;
const INTERVAL_MS = 20;

/** Tries assertions again until they hold; for what another process does in its own time. Throws the last failure. */
export async function eventually(assertions: () => void | Promise<void>): Promise<void> {
  const deadline = performance.now() + DEADLINE_MS;
  for (;;) {
    try {
      await assertions();
      return;
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await sleep(INTERVAL_MS);
    }
  }
}

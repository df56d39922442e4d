import { readFile } from 'node:fs/promises';

const INTERVAL_MS = 50;
const KIBIBYTE = 1024;

/**
 * Looks at the memory of a process again and again; Node itself bounds the heap only, and not the bytes beside it.
 * Where there is no /proc, nothing is watched.
 * @param onExcess called when the process has more than `limit` bytes
 * @returns a function that ends the watch
 */
export function watchMemory(pid: number, limit: number, onExcess: () => void): () => void {
  const timer = setInterval(() => {
    void residentBytes(pid).then((bytes) => {
      if (bytes > limit) onExcess();
    });
  }, INTERVAL_MS);
  return () => {
    clearInterval(timer);
  };
}

async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmRSS:\s+(\d+) kB/mu.exec(status)?.[1] ?? 0) * KIBIBYTE;
}

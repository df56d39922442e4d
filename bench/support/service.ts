import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** The built service in a process of its own, on an empty embedded database. */
export interface RunningService {
  readonly url: string;
  readonly process: ChildProcess;
  stop(): Promise<void>;
}

/** Starts `dist/main.js` and waits until it is ready. */
export async function startService(variables: Record<string, string> = {}): Promise<RunningService> {
  const directory = await mkdtemp(join(tmpdir(), 'ml-service-bench-'));
  const child = spawn(process.execPath, ['dist/main.js'], {
    env: { PATH: process.env['PATH'], PORT: '0', DATA_DIR: directory, ...variables },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await readyUrl(child);
  return {
    url,
    process: child,
    stop: async () => {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function readyUrl(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('The service has no output to read.');
  for await (const line of createInterface({ input: child.stdout })) {
    const [url] = /http:\/\/[\d.:[\]a-z]+/u.exec(line) ?? [];
    if (url !== undefined) {
      child.stdout.resume();
      return url;
    }
  }
  throw new Error('The service ended before it was ready.');
}

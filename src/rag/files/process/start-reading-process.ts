import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

const MEBIBYTE = 1024 * 1024;
/** Share of its memory that a process may have for JavaScript objects; the rest is for bytes and Node itself. */
const HEAP_SHARE = 0.6;

/** Starts a process that reads a file. It has nothing of this one's environment. */
export function startReadingProcess(memoryBytes: number): ChildProcess {
  const { path, loaderArguments } = entry();
  const heapMegabytes = Math.floor((memoryBytes * HEAP_SHARE) / MEBIBYTE);
  return fork(path, {
    execArgv: [`--max-old-space-size=${heapMegabytes}`, ...loaderArguments],
    env: {},
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
}

/** The built file; before the build, the source through the loader that development has. */
function entry(): { path: string; loaderArguments: string[] } {
  const built = fileURLToPath(new URL('./reading-process.js', import.meta.url));
  if (existsSync(built)) return { path: built, loaderArguments: [] };
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const source = fileURLToPath(new URL('./reading-process.ts', import.meta.url));
  return { path: source, loaderArguments: ['--import', loader] };
}

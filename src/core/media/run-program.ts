import { spawn } from 'node:child_process';
import { endOnAbort } from './end-process.js';

const MAX_OUTPUT_BYTES = 256 * 1024;

export interface ProgramResult {
  readonly succeeded: boolean;
  /** What it wrote to its standard output, up to a limit. */
  readonly output: string;
}

/**
 * Runs a program to its end, and reads what it prints.
 * @throws the signal's reason once the program has ended, and what the system says where there is no such program
 */
export async function runProgram(
  path: string,
  parameters: readonly string[],
  signal: AbortSignal,
): Promise<ProgramResult> {
  signal.throwIfAborted();
  const child = spawn(path, parameters, { stdio: ['ignore', 'pipe', 'ignore'], windowsHide: true });
  const ended = endOnAbort((name) => child.kill(name), signal);
  const parts: Buffer[] = [];
  let size = 0;
  child.stdout.on('data', (part: Buffer) => {
    size += part.length;
    if (size <= MAX_OUTPUT_BYTES) parts.push(part);
  });
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    signal.throwIfAborted();
    return { succeeded: code === 0, output: Buffer.concat(parts).toString('utf8') };
  } finally {
    ended();
  }
}

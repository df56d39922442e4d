import { readdirSync, readFileSync } from 'node:fs';

/** Names of the ffmpeg processes that a process has started, dead ones that nobody has asked after included. */
export function mediaProcessesOf(parent: number): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name))
    .flatMap((pid) => {
      const [, command = '', ancestor] = /^\d+ \((.*)\) \S (\d+)/u.exec(statusOf(pid)) ?? [];
      return Number(ancestor) === parent && /^ff(?:mpeg|probe)/u.test(command) ? [command] : [];
    });
}

function statusOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    // It has ended in the meantime.
    return '';
  }
}

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** A command of the README and the answer that stands under it. */
export interface ReadmeExample {
  readonly command: string;
  readonly answer: string;
}

const EXAMPLE = /```sh\n(curl [^`]+?)\n```\n\n```json\n([^`]*?)\n```/gu;

export function readExamples(readme: string): ReadmeExample[] {
  return [...readme.matchAll(EXAMPLE)].map(([, command = '', answer = '']) => ({ command, answer }));
}

/** Runs the command as a shell would, against the service at that address. */
export async function runExample(command: string, url: string): Promise<unknown> {
  const { stdout } = await promisify(execFile)('sh', [
    '-c',
    command.replaceAll('http://127.0.0.1:8000', url),
  ]);
  return JSON.parse(stdout) as unknown;
}

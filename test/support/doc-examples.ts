import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Documents with examples, and how many each has. */
export const DOCUMENTS = { 'README.md': 5, 'docs/analysis.md': 3 } as const;

/** A command of a document and the answer that stands under it. */
export interface DocExample {
  readonly command: string;
  readonly answer: string;
}

const EXAMPLE = /```sh\n(curl [^`]+?)\n```\n\n```json\n([^`]*?)\n```/gu;

export function readExamples(document: string): DocExample[] {
  return [...document.matchAll(EXAMPLE)].map(([, command = '', answer = '']) => ({ command, answer }));
}

/** Runs the command as a shell would, against the service at that address. */
export async function runExample(command: string, url: string): Promise<unknown> {
  const { stdout } = await promisify(execFile)('sh', [
    '-c',
    command.replaceAll('http://127.0.0.1:8000', url),
  ]);
  return JSON.parse(stdout) as unknown;
}

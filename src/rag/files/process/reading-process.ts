import { readFile } from '../read-file.js';
import { UnreadableFileError } from '../unreadable-file.error.js';
import { UnsupportedFileError } from '../unsupported-file.error.js';
import type { ReadingMessage, ReadingRequest } from './reading-message.js';

/*
 * The process that reads one file: without secrets in its environment, and bounded by whoever started it, because
 * what it reads may be hostile.
 */

process.once('message', (request: ReadingRequest) => void answer(request));
send({ kind: 'ready' });

async function answer({ path, name }: ReadingRequest): Promise<void> {
  send(await read(path, name));
}

async function read(path: string, name: string): Promise<ReadingMessage> {
  try {
    return { kind: 'read', text: await readFile(path, name) };
  } catch (error) {
    if (error instanceof UnreadableFileError) return { kind: 'unreadable', message: error.message };
    if (error instanceof UnsupportedFileError) return { kind: 'unsupported', found: error.found };
    return { kind: 'failed', errorName: error instanceof Error ? error.name : 'unknown' };
  }
}

function send(message: ReadingMessage): void {
  process.send?.(message);
}

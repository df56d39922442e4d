import type { ChildProcess } from 'node:child_process';
import { abortReason } from '../../../common/async/abortable.js';
import { Deferred } from '../../../common/async/deferred.js';
import type { FileReadingConfig } from '../../../config/settings/file-reading.settings.js';
import type { FileText } from '../file-text.js';
import { UnreadableFileError } from '../unreadable-file.error.js';
import { UnsupportedFileError } from '../unsupported-file.error.js';
import type { ReadingMessage, ReadingRequest } from './reading-message.js';
import { startReadingProcess } from './start-reading-process.js';
import { watchMemory } from './watch-memory.js';

const BROKEN = 'is broken: it could not be read';

/**
 * Reads a file in a process of its own, which is gone when this returns.
 * @throws UnreadableFileError, UnsupportedFileError; the signal's reason; Error when there can be no process
 */
export async function readInProcess(
  request: ReadingRequest,
  { timeoutMs, memoryBytes }: FileReadingConfig,
  signal: AbortSignal,
): Promise<FileText> {
  const child = startReadingProcess(memoryBytes);
  const result = new Deferred<FileText>();
  const fail = (error: Error) => {
    result.reject(error);
  };
  const giveUp = () => {
    fail(abortReason(signal));
  };
  const timer = setTimeout(() => {
    fail(new UnreadableFileError(`takes longer than ${timeoutMs / 1000} s to read; split it`));
  }, timeoutMs);
  const endWatch = watchMemory(child.pid ?? 0, memoryBytes, () => {
    fail(tooMuchMemory());
  });
  signal.addEventListener('abort', giveUp, { once: true });
  listen(child, request, result);
  try {
    if (signal.aborted) giveUp();
    return await result.promise;
  } finally {
    clearTimeout(timer);
    endWatch();
    signal.removeEventListener('abort', giveUp);
    child.kill('SIGKILL');
  }
}

function listen(child: ChildProcess, request: ReadingRequest, result: Deferred<FileText>): void {
  let isReady = false;
  child.on('error', result.reject);
  child.on('message', (message: ReadingMessage) => {
    if (message.kind === 'ready') {
      isReady = true;
      child.send(request);
    } else settle(message, result);
  });
  child.on('exit', (code, signal) => {
    if (!isReady) result.reject(new Error(`The reading process did not start (${code ?? signal ?? ''}).`));
    // V8 aborts when the heap is full.
    else result.reject(signal === 'SIGABRT' ? tooMuchMemory() : new UnreadableFileError(BROKEN));
  });
}

function settle(message: Exclude<ReadingMessage, { kind: 'ready' }>, result: Deferred<FileText>): void {
  switch (message.kind) {
    case 'read':
      result.resolve(message.text);
      return;
    case 'unreadable':
      result.reject(new UnreadableFileError(message.message));
      return;
    case 'unsupported':
      result.reject(new UnsupportedFileError(message.found));
      return;
    case 'failed':
      result.reject(new UnreadableFileError(BROKEN, { cause: message.errorName }));
  }
}

function tooMuchMemory(): UnreadableFileError {
  return new UnreadableFileError('takes too much memory to read; split it');
}

import { Injectable } from '@nestjs/common';
import { Semaphore } from '../../common/async/semaphore.js';
import { RateLimitedError } from '../../common/errors/rate-limited.error.js';
import { UnsupportedMediaTypeError } from '../../common/errors/unsupported-media-type.error.js';
import { ValidationError } from '../../common/errors/validation.error.js';
import type { TemporaryFile } from '../../common/http/uploads/temporary-file.js';
import { AppConfig } from '../../config/app-config.js';
import type { FileText } from './file-text.js';
import { readInProcess } from './process/reading.js';
import { UnreadableFileError } from './unreadable-file.error.js';
import { UnsupportedFileError } from './unsupported-file.error.js';

/** How many files may wait for each that is being read. */
const WAITING_PER_PROCESS = 16;
const RETRY_AFTER_SECONDS = 5;
const TAKEN = 'PDF, DOCX, PPTX, XLSX, HTML, Markdown, CSV and plain text';

/** Reads the text of files, a few at a time, each in a process with bounded time and memory. */
@Injectable()
export class FileReader {
  private readonly turns: Semaphore;

  constructor(private readonly config: AppConfig) {
    const permits = config.fileReading.processes;
    this.turns = new Semaphore({ permits, maxWaiting: permits * WAITING_PER_PROCESS, onOverflow });
  }

  /**
   * @param signal stops the work
   * @throws ValidationError at `file` when it can't be read; UnsupportedMediaTypeError; RateLimitedError when too many
   *   are waiting
   */
  async read({ path, name }: TemporaryFile, signal: AbortSignal): Promise<FileText> {
    try {
      return await this.turns.run(
        () => readInProcess({ path, name }, this.config.fileReading, signal),
        signal,
      );
    } catch (error) {
      throw translate(error);
    }
  }
}

function onOverflow(): RateLimitedError {
  return new RateLimitedError('Too many files are waiting to be read; send it again later.', {
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  });
}

function translate(error: unknown): unknown {
  if (error instanceof UnreadableFileError)
    return ValidationError.at(['file'], error.message, 'file_unreadable');
  if (!(error instanceof UnsupportedFileError)) return error;
  const found = error.found === null ? '' : `; this seems to be ${error.found}`;
  return new UnsupportedMediaTypeError(`Send ${TAKEN}${found}.`);
}

import { Injectable } from '@nestjs/common';
import { writeFile } from 'node:fs/promises';
import type { TemporaryFile } from '../common/http/uploads/temporary-file.js';
import { ValidationError } from '../common/errors/validation.error.js';
import { storageErrors } from '../core/media/storage-errors.js';
import { UnusableMediaError } from '../core/media/unusable-media.error.js';
import { WorkFolders } from '../core/media/work-folders.js';

/** How a recording comes: as a file, or as base64 in JSON. */
export type SentRecording =
  | { readonly file: TemporaryFile; readonly bytes?: undefined }
  | { readonly file?: undefined; readonly bytes: Buffer };

/** @throws ValidationError when there is no recording in a request */
export function sentRecording(file: TemporaryFile | undefined, base64: string | undefined): SentRecording {
  return file === undefined ? { bytes: decodeBase64(base64) } : { file };
}

/** Recordings that clients send, as files of ours, and what is wrong with them, as errors at their fields. */
@Injectable()
export class Recordings {
  constructor(private readonly folders: WorkFolders) {}

  /** Runs work on a recording. @throws ValidationError at the recording's field when there is no audio in it */
  async use<T>(recording: SentRecording, work: (path: string) => Promise<T>): Promise<T> {
    const { file, bytes } = recording;
    if (file !== undefined) return blame('file', () => work(file.path));
    return this.folders.with(async (folder) => {
      const path = folder.file('recording');
      await storageErrors(() => writeFile(path, bytes));
      return blame('audio_base64', () => work(path));
    });
  }
}

/** Runs work on what came in a field. @throws ValidationError at that field for what is no audio */
export async function blame<T>(field: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof UnusableMediaError)) throw error;
    throw ValidationError.at([field], error.message, 'unusable_media');
  }
}

/** Node leaves out what is no base64 without a word. */
function decodeBase64(text: string | undefined): Buffer {
  if (text === undefined) throw ValidationError.at(['audio_base64'], 'is required', 'missing');
  const bytes = Buffer.from(text, 'base64');
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  if (bytes.length === 0 || bytes.length !== Math.floor(((text.length - padding) * 3) / 4)) {
    throw ValidationError.at(['audio_base64'], 'must be base64', 'base64_invalid');
  }
  return bytes;
}

import { tmpdir } from 'node:os';
import { IntegerSetting, TextSetting } from '../setting.decorators.js';

const MEBIBYTE = 1024 * 1024;

/** Files that clients send. */
export class UploadSettings {
  @IntegerSetting({
    group: 'Uploads',
    default: 100 * MEBIBYTE,
    min: 1024,
    max: 4096 * MEBIBYTE,
    unit: 'bytes',
    description: 'Largest file that is accepted; a larger one is answered with 413.',
  })
  MAX_UPLOAD_BYTES = 100 * MEBIBYTE;

  @TextSetting({
    group: 'Uploads',
    fallback: 'the folder for temporary files of the operating system',
    description: 'Where files are kept while their request is handled. They are gone afterwards.',
  })
  UPLOAD_DIR?: string;
}

export interface UploadConfig {
  /** Largest file, in bytes. */
  readonly maxBytes: number;
  /** In which each process makes a folder of its own. */
  readonly directory: string;
}

export function uploadConfig(settings: UploadSettings): UploadConfig {
  return { maxBytes: settings.MAX_UPLOAD_BYTES, directory: settings.UPLOAD_DIR ?? tmpdir() };
}

import { IntegerSetting } from '../setting.decorators.js';

const MEBIBYTE = 1024 * 1024;

/** What it may take to read the text of files. */
export class FileReadingSettings {
  @IntegerSetting({
    group: 'Files',
    default: 2,
    min: 1,
    max: 64,
    unit: 'processes',
    description: 'How many files are read at the same time, each in a process of its own; others wait.',
  })
  FILE_READERS = 2;

  @IntegerSetting({
    group: 'Files',
    default: 60_000,
    min: 1000,
    max: 600_000,
    unit: 'ms',
    description: 'Longest time that reading one file may take.',
  })
  FILE_READ_TIMEOUT_MS = 60_000;

  @IntegerSetting({
    group: 'Files',
    default: 768 * MEBIBYTE,
    min: 128 * MEBIBYTE,
    max: 16_384 * MEBIBYTE,
    unit: 'bytes',
    description: 'Most memory that reading one file may take.',
  })
  FILE_READ_MEMORY_BYTES = 768 * MEBIBYTE;
}

export interface FileReadingConfig {
  /** How many files are read at the same time. */
  readonly processes: number;
  readonly timeoutMs: number;
  readonly memoryBytes: number;
}

export function fileReadingConfig(settings: FileReadingSettings): FileReadingConfig {
  return {
    processes: settings.FILE_READERS,
    timeoutMs: settings.FILE_READ_TIMEOUT_MS,
    memoryBytes: settings.FILE_READ_MEMORY_BYTES,
  };
}

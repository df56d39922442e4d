/** A file is of no format that is taken. */
export class UnsupportedFileError extends Error {
  override readonly name = 'UnsupportedFileError';

  /** @param found what it seems to be, where that is known */
  constructor(readonly found: string | null) {
    super(found ?? 'unknown');
  }
}

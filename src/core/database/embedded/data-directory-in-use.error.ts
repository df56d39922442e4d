/** Another process works on the folder of the embedded database. */
export class DataDirectoryInUseError extends Error {
  override readonly name = 'DataDirectoryInUseError';

  constructor(directory: string, pid: number | null) {
    super(
      `DATA_DIR ${directory} is in use by ${pid === null ? 'another process' : `process ${pid}`}. ` +
        'Stop that one, set another DATA_DIR, or set DATABASE_URL to share one database.',
    );
  }
}

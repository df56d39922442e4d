import { errorCode } from '../../common/errors/error-code.js';
import { UnavailableError } from '../../common/errors/unavailable.error.js';

const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EMFILE', 'ENFILE', 'EROFS', 'EACCES']);

/** Runs work that writes files. @throws UnavailableError where there is no room for them */
export async function storageErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!FULL.has(errorCode(error) ?? '')) throw error;
    throw new UnavailableError('There is no room for temporary files; UPLOAD_DIR can not be written to.', {
      cause: error,
    });
  }
}

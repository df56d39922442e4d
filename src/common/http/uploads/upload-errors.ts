import { MulterError } from 'multer';
import type { AppError } from '../../errors/app-error.js';
import { errorCode } from '../../errors/error-code.js';
import { MalformedRequestError } from '../../errors/malformed-request.error.js';
import { PayloadTooLargeError } from '../../errors/payload-too-large.error.js';
import { UnavailableError } from '../../errors/unavailable.error.js';
import { ValidationError } from '../../errors/validation.error.js';

export const FILE_FIELD = 'file';

/** The system's own words for a full disk and the like. */
const STORAGE_ERRORS: ReadonlySet<string> = new Set([
  'ENOSPC',
  'EDQUOT',
  'EROFS',
  'EACCES',
  'EPERM',
  'EMFILE',
  'ENFILE',
  'EIO',
  'ENOENT',
  'ENOTDIR',
]);

export function fileTooLarge(): PayloadTooLargeError {
  return new PayloadTooLargeError('The file is larger than MAX_UPLOAD_BYTES allows.');
}

/** What the multipart parser throws, as an error of ours. Its messages may hold the names of fields and files. */
export function translateUploadError(error: unknown): AppError {
  if (error instanceof MulterError) {
    return (
      MULTER_ERRORS[error.code]?.(error) ??
      new MalformedRequestError('A field of the body has no name, or an impossible one.', { cause: error })
    );
  }
  if (STORAGE_ERRORS.has(errorCode(error) ?? '')) {
    return new UnavailableError('The file could not be stored; UPLOAD_DIR can not be written to.', {
      cause: error,
    });
  }
  return new MalformedRequestError('The body is not valid multipart/form-data.', { cause: error });
}

/** By the parser's own codes; what it doesn't name here are fields without names, or with impossible ones. */
const MULTER_ERRORS: Partial<Record<string, (error: MulterError) => AppError>> = {
  LIMIT_FILE_SIZE: fileTooLarge,
  LIMIT_FILE_COUNT: notTheOnlyFile,
  LIMIT_UNEXPECTED_FILE: ({ field }) => (field === FILE_FIELD ? notTheOnlyFile() : inAnotherField()),
  LIMIT_PART_COUNT: tooManyFields,
  LIMIT_FIELD_COUNT: tooManyFields,
  LIMIT_FIELD_VALUE: ({ field }) =>
    ValidationError.at(field === undefined ? [] : [field], 'is too long', 'string_too_long'),
};

function notTheOnlyFile(): ValidationError {
  return ValidationError.at([FILE_FIELD], 'must be the only file', 'too_long');
}

function inAnotherField(): ValidationError {
  return ValidationError.at([FILE_FIELD], 'is required, as a file; a file came in another field', 'missing');
}

function tooManyFields(): ValidationError {
  return ValidationError.at([], 'must have fewer fields', 'too_long');
}

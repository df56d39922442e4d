import { AppError } from './app-error.js';

/** The bytes are not what their media type promises: broken JSON, broken multipart. */
export class MalformedRequestError extends AppError {
  override readonly code = 'malformed-request';
}

import { AppError } from './app-error.js';

/** The body or a file is over its limit. */
export class PayloadTooLargeError extends AppError {
  override readonly code = 'payload-too-large';
}

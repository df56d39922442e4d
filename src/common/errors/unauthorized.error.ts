import { AppError } from './app-error.js';

/** No key or token came with the request, or one that is not known. */
export class UnauthorizedError extends AppError {
  override readonly code = 'unauthorized';
}

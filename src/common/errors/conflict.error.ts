import { AppError } from './app-error.js';

/** The request contradicts what is stored. */
export class ConflictError extends AppError {
  override readonly code = 'conflict';
}

import { AppError } from './app-error.js';

/** A named thing does not exist: route, collection, document, job. */
export class NotFoundError extends AppError {
  override readonly code = 'not-found';
}

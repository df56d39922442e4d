import { AppError } from './app-error.js';

/** The feature needs a setting that is absent; the message names it. */
export class NotConfiguredError extends AppError {
  override readonly code = 'not-configured';
}

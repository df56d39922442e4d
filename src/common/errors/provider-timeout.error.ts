import { AppError } from './app-error.js';

/** A model provider did not answer within its time limit. */
export class ProviderTimeoutError extends AppError {
  override readonly code = 'provider-timeout';
}

import { AppError } from './app-error.js';

/** A model provider answered with an error or with something that makes no sense. */
export class ProviderError extends AppError {
  override readonly code = 'provider-error';
}

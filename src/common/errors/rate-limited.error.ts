import { AppError, type AppErrorOptions } from './app-error.js';

/** A rate limit, ours or a provider's, was hit. */
export class RateLimitedError extends AppError {
  override readonly code = 'rate-limited';
  override readonly retryAfterSeconds: number;

  constructor(message: string, options: AppErrorOptions & { readonly retryAfterSeconds: number }) {
    super(message, options);
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

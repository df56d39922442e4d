import { AppError, type AppErrorOptions } from './app-error.js';

/** Something that the service needs is down, overloaded or closing. Trying again later makes sense. */
export class UnavailableError extends AppError {
  override readonly code = 'unavailable';
  override readonly retryAfterSeconds: number;

  constructor(message: string, options: AppErrorOptions & { readonly retryAfterSeconds?: number } = {}) {
    super(message, options);
    this.retryAfterSeconds = options.retryAfterSeconds ?? 1;
  }
}

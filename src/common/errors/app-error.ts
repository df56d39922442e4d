import type { ErrorCode } from './error-table.js';

/** One thing that is wrong with a request, and where. */
export interface FieldProblem {
  /** Path to the value, from `body`, `query` or `path` on. */
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly type: string;
}

export interface AppErrorOptions {
  readonly cause?: unknown;
}

/**
 * An error that the service understands. The message goes to the client as `detail`: it says what to do, and
 * holds no secret, path, query or text of anybody's.
 */
export abstract class AppError extends Error {
  abstract readonly code: ErrorCode;
  readonly errors: readonly FieldProblem[] = [];
  /** Seconds after which trying again makes sense; null where it never does. */
  readonly retryAfterSeconds: number | null = null;

  constructor(message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
  }
}

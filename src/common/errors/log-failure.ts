import type { Logger } from '@nestjs/common';
import type { Failure } from './failure.js';

/** Writes what is our or a provider's doing to the log; a bug with its stack. */
export function logFailure(logger: Logger, failure: Failure, error: unknown): void {
  if (failure.status < 500) return;
  const line = `${failure.status} ${failure.code}: ${failure.detail}`;
  if (failure.code === 'internal-error') logger.error(line, error instanceof Error ? error.stack : undefined);
  else logger.warn(line);
}

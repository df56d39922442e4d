import { QueryFailedError } from 'typeorm';
import { UnavailableError } from '../../common/errors/unavailable.error.js';

/** SQLSTATE classes that say that the server, not the statement, is in trouble. */
const UNAVAILABLE_CLASSES = new Set(['08', '53', '57', '58']);
const RETRYABLE_STATES = new Set(['40001', '40P01']);

export const UNDEFINED_TABLE = '42P01';
export const FOREIGN_KEY_VIOLATION = '23503';

/** SQLSTATE of a failed statement; null when it never reached the server. */
export function sqlState(error: unknown): string | null {
  if (!(error instanceof QueryFailedError)) return null;
  const driverError = error.driverError as Error & { code?: unknown };
  return typeof driverError.code === 'string' && /^[\dA-Z]{5}$/u.test(driverError.code)
    ? driverError.code
    : null;
}

/** Whether running the whole transaction again can help. */
export function isRetryable(error: unknown): boolean {
  return RETRYABLE_STATES.has(sqlState(error) ?? '');
}

/** Outages as `UnavailableError`; anything else as it is. */
export function translateDatabaseError(error: unknown): unknown {
  const state = sqlState(error);
  const isOutage = state === null ? isConnectionError(error) : UNAVAILABLE_CLASSES.has(state.slice(0, 2));
  return isOutage
    ? new UnavailableError('The database is not available right now; try again in a moment.', { cause: error })
    : error;
}

// Without an SQLSTATE, pg has no better mark than Node's codes and its own two sentences.
function isConnectionError(error: unknown): boolean {
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  if (!(cause instanceof Error)) return false;
  return (
    ('code' in cause && typeof cause.code === 'string' && /^E[A-Z]+$/u.test(cause.code)) ||
    /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout)/u.test(cause.message)
  );
}

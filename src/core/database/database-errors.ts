import { QueryFailedError } from 'typeorm';
import { errorCode } from '../../common/errors/error-code.js';
import { UnavailableError } from '../../common/errors/unavailable.error.js';

/** SQLSTATE classes that say that the server, not the statement, is in trouble. */
const UNAVAILABLE_CLASSES = new Set(['08', '53', '57', '58']);
const CONNECTION_MESSAGE =
  /^(Connection terminated( due to connection timeout)?|timeout exceeded when trying to connect|Query read timeout)/u;
const RETRYABLE_STATES = new Set(['40001', '40P01']);

export const DISK_FULL = '53100';
export const UNDEFINED_TABLE = '42P01';
export const FOREIGN_KEY_VIOLATION = '23503';

/** Unlike `EPIPE`, which looks like one. */
const SQL_STATE = /^(?=.*\d)[\dA-Z]{5}$/u;

/** SQLSTATE of a failed statement, or of a refused connection; null when the server was never reached. */
export function sqlState(error: unknown): string | null {
  const code = errorCode(causeOf(error));
  return code !== null && SQL_STATE.test(code) ? code : null;
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
    ? new UnavailableError('The database is not available right now; try again in a moment.', {
        cause: error,
      })
    : error;
}

/** Why the server could not be reached, in words that are safe to show: a code, or one of pg's own few sentences. */
export function unreachableReason(error: unknown): string {
  return errorCode(causeOf(error)) ?? CONNECTION_MESSAGE.exec(messageOf(error))?.[0] ?? 'no reason given';
}

// Without an SQLSTATE, pg has no better mark than Node's codes and its own few sentences.
function isConnectionError(error: unknown): boolean {
  return /^E[A-Z]+$/u.test(errorCode(causeOf(error)) ?? '') || CONNECTION_MESSAGE.test(messageOf(error));
}

function messageOf(error: unknown): string {
  const cause = causeOf(error);
  return typeof cause === 'object' && cause !== null && 'message' in cause ? String(cause.message) : '';
}

/** What the driver threw. A connection that is refused, as by a server that is starting, fails before any query does. */
function causeOf(error: unknown): unknown {
  return error instanceof QueryFailedError ? error.driverError : error;
}

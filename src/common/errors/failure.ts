import { HttpException } from '@nestjs/common';
import { STATUS_CODES } from 'node:http';
import { AppError } from './app-error.js';
import { ERROR_TABLE, type ErrorCode } from './error-table.js';

/** What is known about a failure before it is written as a problem. */
export interface Failure {
  readonly code: ErrorCode | 'about:blank';
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly errors: AppError['errors'];
  readonly retryAfterSeconds: number | null;
}

const NEUTRAL_DETAIL = 'Something went wrong on our side. Report the request_id if it happens again.';

/** Any thrown value as a failure that is safe to show. What nobody understands becomes a neutral 500. */
export function toFailure(error: unknown): Failure {
  if (error instanceof AppError) {
    const { status, title } = ERROR_TABLE[error.code];
    return {
      code: error.code,
      status,
      title,
      detail: error.message,
      errors: error.errors,
      retryAfterSeconds: error.retryAfterSeconds,
    };
  }
  const status = clientStatus(error);
  return status === null ? internalFailure() : statusFailure(status, statusDetail(error, status));
}

/** Status of an error that Nest or Express throws; null for anything that is not the client's doing. */
function clientStatus(error: unknown): number | null {
  const status =
    error instanceof HttpException
      ? error.getStatus()
      : error instanceof Error && 'statusCode' in error
        ? error.statusCode
        : null;
  return typeof status === 'number' && status >= 400 && status < 600 && status !== 500 ? status : null;
}

function statusDetail(error: unknown, status: number): string {
  return error instanceof HttpException ? error.message : (STATUS_CODES[status] ?? 'Refused.');
}

function statusFailure(status: number, detail: string): Failure {
  const known = (Object.keys(ERROR_TABLE) as ErrorCode[]).find((code) => ERROR_TABLE[code].status === status);
  return {
    code: known ?? 'about:blank',
    status,
    title: known ? ERROR_TABLE[known].title : (STATUS_CODES[status] ?? 'Error'),
    detail,
    errors: [],
    retryAfterSeconds: status === 429 || status === 503 ? 1 : null,
  };
}

function internalFailure(): Failure {
  const { status, title } = ERROR_TABLE['internal-error'];
  return {
    code: 'internal-error',
    status,
    title,
    detail: NEUTRAL_DETAIL,
    errors: [],
    retryAfterSeconds: null,
  };
}

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

/** Status of an error that Nest, Express or the body parser throws; null for anything that is not the client's doing. */
function clientStatus(error: unknown): number | null {
  const status =
    error instanceof HttpException
      ? error.getStatus()
      : error instanceof Error && 'statusCode' in error
        ? error.statusCode
        : null;
  return typeof status === 'number' && status >= 400 && status < 600 && status !== 500 ? status : null;
}

const PARSER_DETAILS: Partial<Record<string, string>> = {
  'entity.parse.failed': 'The body is not valid JSON.',
  'entity.too.large': 'The body is larger than MAX_BODY_BYTES allows.',
  'encoding.unsupported': 'The content encoding is not supported; send the body as it is, or with gzip.',
  'charset.unsupported': 'The character set is not supported; send the body as UTF-8.',
  'request.size.invalid': 'The body is shorter or longer than its Content-Length.',
  'request.aborted': 'The body ended early.',
};

function statusDetail(error: unknown, status: number): string {
  if (error instanceof Error && 'type' in error && typeof error.type === 'string') {
    return PARSER_DETAILS[error.type] ?? STATUS_CODES[status] ?? 'Refused.';
  }
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

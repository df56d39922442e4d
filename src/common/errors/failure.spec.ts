import { BadRequestException, HttpException, ImATeapotException, NotFoundException } from '@nestjs/common';
import { AppError } from './app-error.js';
import { ConflictError } from './conflict.error.js';
import { ERROR_TABLE, type ErrorCode } from './error-table.js';
import { toFailure } from './failure.js';
import { RateLimitedError } from './rate-limited.error.js';
import { UnavailableError } from './unavailable.error.js';
import { ValidationError } from './validation.error.js';

class AnyError extends AppError {
  constructor(override readonly code: ErrorCode) {
    super('what to do');
  }
}

describe('toFailure', () => {
  it.each(Object.keys(ERROR_TABLE) as ErrorCode[])('gives %s the status and title of the table', (code) => {
    expect(toFailure(new AnyError(code))).toMatchObject({ code, detail: 'what to do', ...ERROR_TABLE[code] });
  });

  it('keeps where the problems are, and the message says the first', () => {
    const error = new ValidationError([
      { loc: ['body', 'documents', 0, 'text'], msg: 'must not be blank', type: 'string_too_short' },
      { loc: ['query', 'limit'], msg: 'must be at most 10', type: 'less_than_equal' },
    ]);
    expect(toFailure(error)).toMatchObject({
      detail: 'documents[0].text must not be blank',
      errors: error.errors,
    });
    expect(ValidationError.at([], 'is required').message).toBe('body is required');
  });

  it('says when to try again, where that makes sense', () => {
    expect(toFailure(new RateLimitedError('slow down', { retryAfterSeconds: 7 })).retryAfterSeconds).toBe(7);
    expect(toFailure(new UnavailableError('closing')).retryAfterSeconds).toBe(1);
    expect(toFailure(new ConflictError('no')).retryAfterSeconds).toBeNull();
    expect(toFailure(new HttpException('busy', 503)).retryAfterSeconds).toBe(1);
  });

  it('takes the statuses of Nest and Express, also those without a code of ours', () => {
    expect(toFailure(new NotFoundException('Cannot GET /x'))).toMatchObject({
      code: 'not-found',
      status: 404,
      detail: 'Cannot GET /x',
    });
    expect(toFailure(new BadRequestException())).toMatchObject({ code: 'malformed-request', status: 400 });
    expect(toFailure(new ImATeapotException())).toMatchObject({ code: 'about:blank', status: 418 });
    expect(toFailure(Object.assign(new Error('secret'), { statusCode: 416 }))).toMatchObject({
      status: 416,
      detail: 'Range Not Satisfiable',
    });
  });

  it.each([
    new Error('password=hunter2'),
    Object.assign(new Error('hunter2'), { statusCode: 200 }),
    new HttpException('hunter2', 500),
    'hunter2',
    null,
  ])('makes a neutral 500 of what nobody understands: %p', (error) => {
    const failure = toFailure(error);
    expect(failure).toMatchObject({ code: 'internal-error', status: 500 });
    expect(JSON.stringify(failure)).not.toContain('hunter2');
  });

  it('keeps the cause for the log', () => {
    const cause = new Error('connection refused');
    expect(new UnavailableError('down', { cause }).cause).toBe(cause);
    expect(new UnavailableError('down').name).toBe('UnavailableError');
  });
});

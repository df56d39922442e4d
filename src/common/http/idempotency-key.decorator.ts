import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { ValidationError } from '../errors/validation.error.js';

export const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  maxLength: 255,
  description:
    'With `?async=true`: the same key within 24 hours gives the same job, or 409 when the request is another one. ' +
    'Up to 255 printable ASCII characters.',
} as const;

const SANE_KEY = /^[\u0021-\u007e]{1,255}$/u;

/**
 * The `Idempotency-Key` header; null where there is none.
 * @throws ValidationError for one that is too long, or holds white space or more than ASCII
 */
export const IdempotencyKey = createParamDecorator((_: unknown, context: ExecutionContext): string | null => {
  const key = context.switchToHttp().getRequest<Request>().headers['idempotency-key'];
  if (key === undefined) return null;
  if (typeof key === 'string' && SANE_KEY.test(key)) return key;
  throw new ValidationError([
    {
      loc: ['header', IDEMPOTENCY_KEY.name],
      msg: `must be 1 to ${IDEMPOTENCY_KEY.maxLength} printable ASCII characters without spaces`,
      type: 'string_pattern_mismatch',
    },
  ]);
});

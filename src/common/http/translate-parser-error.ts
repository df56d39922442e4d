import type { NextFunction, Request, Response } from 'express';
import { MalformedRequestError } from '../errors/malformed-request.error.js';
import { UnsupportedMediaTypeError } from '../errors/unsupported-media-type.error.js';
import { bodyTooLarge, RefusedBodyError } from './read-json.js';

/** The body parser's own names of what went wrong. */
const ERRORS: Partial<Record<string, () => Error>> = {
  'entity.parse.failed': () => new MalformedRequestError('The body is not valid JSON.'),
  'request.size.invalid': () =>
    new MalformedRequestError('The body is shorter or longer than its Content-Length.'),
  'request.aborted': () => new MalformedRequestError('The body ended early.'),
  'entity.too.large': bodyTooLarge,
  'encoding.unsupported': () =>
    new UnsupportedMediaTypeError('Send the body uncompressed, or compressed with gzip, deflate or br.'),
  'charset.unsupported': () => new UnsupportedMediaTypeError('Send the body as UTF-8.'),
};

/** Error middleware behind the body parser, whose messages quote the body. */
export function translateParserError(
  error: unknown,
  _request: Request,
  _response: Response,
  next: NextFunction,
): void {
  if (error instanceof RefusedBodyError) {
    next(error.reason);
    return;
  }
  const { type, status } = (error ?? {}) as { type?: unknown; status?: unknown };
  const translated = typeof type === 'string' ? ERRORS[type]?.() : undefined;
  // A body that doesn't decompress has no name of its own.
  const unnamed = status === 400 ? new MalformedRequestError('The body could not be read.') : error;
  next(translated ?? unnamed);
}

import type { NextFunction, Request, Response } from 'express';
import { MalformedRequestError } from '../errors/malformed-request.error.js';
import { PayloadTooLargeError } from '../errors/payload-too-large.error.js';
import { UnsupportedMediaTypeError } from '../errors/unsupported-media-type.error.js';

/** The body parser's own names of what went wrong. */
const ERRORS: Partial<Record<string, () => Error>> = {
  'entity.parse.failed': () => new MalformedRequestError('The body is not valid JSON.'),
  'request.size.invalid': () =>
    new MalformedRequestError('The body is shorter or longer than its Content-Length.'),
  'request.aborted': () => new MalformedRequestError('The body ended early.'),
  'entity.too.large': () =>
    new PayloadTooLargeError('The body is larger than MAX_BODY_BYTES allows; send it in parts.'),
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
  const type = typeof error === 'object' && error !== null && 'type' in error ? String(error.type) : '';
  next(ERRORS[type]?.() ?? error);
}

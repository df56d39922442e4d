import { json, type RequestHandler } from 'express';
import { AppError } from '../errors/app-error.js';
import { PayloadTooLargeError } from '../errors/payload-too-large.error.js';
import { checkJsonBytes } from '../validation/json-scan.js';
import { JSON_MEDIA_TYPES } from './require-json.js';

/** Carries the reason through the parser, which writes a status of its own on whatever is thrown in it. */
export class RefusedBodyError extends Error {
  constructor(readonly reason: AppError) {
    super(reason.message);
  }
}

export function bodyTooLarge(): PayloadTooLargeError {
  return new PayloadTooLargeError('The body is larger than MAX_BODY_BYTES allows; send it in parts.');
}

/** Middleware that answers at once where a JSON body is announced as too large; the parser reads it to its end first. */
export function refuseLargeJson(limit: number): RequestHandler {
  return (request, _response, next) => {
    const isTooLarge =
      Number(request.headers['content-length']) > limit && request.is(JSON_MEDIA_TYPES) !== false;
    next(isTooLarge ? bodyTooLarge() : undefined);
  };
}

/** Middleware that reads JSON bodies, after a look at their bytes. Anything that is JSON counts, not only objects. */
export function readJson(limit: number): RequestHandler {
  return json({
    limit,
    strict: false,
    type: JSON_MEDIA_TYPES,
    verify: (_request, _response, bytes) => {
      try {
        checkJsonBytes(bytes);
      } catch (error) {
        throw error instanceof AppError ? new RefusedBodyError(error) : error;
      }
    },
  });
}

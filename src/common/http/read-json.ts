import { json, type RequestHandler } from 'express';
import { AppError } from '../errors/app-error.js';
import { checkJsonBytes } from '../validation/json-scan.js';
import { JSON_MEDIA_TYPES } from './require-json.js';

/** Carries the reason through the parser, which writes a status of its own on whatever is thrown in it. */
export class RefusedBodyError extends Error {
  constructor(readonly reason: AppError) {
    super(reason.message);
  }
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

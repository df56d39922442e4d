import type { NextFunction, Request, Response } from 'express';
import { UnsupportedMediaTypeError } from '../errors/unsupported-media-type.error.js';

const ACCEPTED = ['application/json', '+json', 'multipart/form-data'];

/** Middleware that refuses bodies in a media type that no endpoint reads; Express would pass them on as absent. */
export function requireJson(request: Request, _response: Response, next: NextFunction): void {
  // `is` answers null when there is no body, and false when it has another type.
  const hasOtherType = request.is(ACCEPTED) === false;
  next(hasOtherType ? new UnsupportedMediaTypeError('Send the body as application/json.') : undefined);
}

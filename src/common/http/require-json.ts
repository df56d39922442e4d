import type { NextFunction, Request, Response } from 'express';
import { UnsupportedMediaTypeError } from '../errors/unsupported-media-type.error.js';
import { MULTIPART } from './uploads/upload-options.js';

/** Media types that are read as JSON. */
export const JSON_MEDIA_TYPES = ['application/json', 'application/*+json'];

/** Middleware that refuses bodies in a media type that no endpoint reads; Express would pass them on as absent. Which endpoints read multipart bodies is up to `MediaTypeGuard`. */
export function requireJson(request: Request, _response: Response, next: NextFunction): void {
  // `is` answers null when there is no body, and false when it has another type; an announced length of 0 is a body to it.
  const hasOtherType =
    request.headers['content-length'] !== '0' && request.is([...JSON_MEDIA_TYPES, MULTIPART]) === false;
  const advice = 'Send the body as application/json, or as multipart/form-data where there is a file in it.';
  next(hasOtherType ? new UnsupportedMediaTypeError(advice) : undefined);
}

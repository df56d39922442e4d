import type { NextFunction, Request, Response } from 'express';
import { MalformedRequestError } from '../errors/malformed-request.error.js';

/** Middleware that refuses paths that don't decode; Express would quote them in its own words. */
export function requireDecodablePath(request: Request, _response: Response, next: NextFunction): void {
  next(
    isDecodable(request.path)
      ? undefined
      : new MalformedRequestError('The path is not valid percent-encoded UTF-8.'),
  );
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

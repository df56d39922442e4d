import type { NextFunction, Request, Response } from 'express';
import { MalformedRequestError } from '../errors/malformed-request.error.js';

/** Middleware that does what Node's own check does, but answers in the shape of all other errors. */
export function requireHost(request: Request, _response: Response, next: NextFunction): void {
  const isMissing = request.httpVersion === '1.1' && request.headers.host === undefined;
  next(isMissing ? new MalformedRequestError('HTTP/1.1 needs a Host header.') : undefined);
}

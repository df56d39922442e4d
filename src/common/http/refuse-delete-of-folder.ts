import type { NextFunction, Request, Response } from 'express';
import { NotFoundError } from '../errors/not-found.error.js';

/**
 * Middleware that answers 404 to a DELETE of a path that ends in a slash. Clients normalise `…/documents/..` to
 * `…/`, and Express would take that for the collection itself.
 */
export function refuseDeleteOfFolder(request: Request, _response: Response, next: NextFunction): void {
  const isFolder = request.method === 'DELETE' && request.path.endsWith('/');
  next(isFolder ? new NotFoundError(`There is no DELETE ${request.path}.`) : undefined);
}

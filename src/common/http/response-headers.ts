import type { NextFunction, Request, Response } from 'express';
import { AsyncLocalStorage } from 'node:async_hooks';

const storage = new AsyncLocalStorage<Response>();

/** Lets code that knows nothing of HTTP say something in the headers of the answer. */
export function openResponseHeaders(_request: Request, response: Response, next: NextFunction): void {
  storage.run(response, next);
}

/** Adds a header to the answer to the current request, as long as that is not on its way; nothing outside of one. */
export function addResponseHeader(name: string, value: string): void {
  const response = storage.getStore();
  if (response !== undefined && !response.headersSent) response.setHeader(name, value);
}

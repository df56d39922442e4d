import type { NextFunction, Request, Response } from 'express';
import { aboutService } from './about-service.js';
import { ProviderTime, whileWaiting } from './provider-time.js';

const HEADER = 'x-overhead-ms';

/**
 * Middleware that says in a header how much of the time until the headers was the service's own, and not the wait for
 * providers of models. Of a stream that is the time until its first event.
 */
export function measureOverhead(request: Request, response: Response, next: NextFunction): void {
  if (aboutService(request.path) !== null) {
    next();
    return;
  }
  const start = performance.now();
  const time = new ProviderTime();
  const writeHead = response.writeHead.bind(response) as (...parts: unknown[]) => Response;
  response.writeHead = (...parts: unknown[]) => {
    const own = performance.now() - start - time.milliseconds;
    response.setHeader(HEADER, Math.max(0, own).toFixed(1));
    return writeHead(...parts);
  };
  whileWaiting([time], next);
}

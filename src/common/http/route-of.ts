import type { Request } from 'express';

/** Pattern of a request's route, never its path, which clients choose; `none` where there is no such route. */
export function routeOf(request: Request): string {
  const route = (request as { route?: { path?: unknown } }).route?.path;
  return typeof route === 'string' ? route : 'none';
}

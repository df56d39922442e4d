import type { NextFunction, Request, Response } from 'express';
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Caller } from '../auth/caller.js';
import { DEFAULT_TENANT } from '../tenancy/tenant.js';

/** What is known about the request being served, wherever the code is. */
export interface RequestContext {
  readonly requestId: string;
  /** Path of the request, without the query. */
  readonly path: string;
  /** W3C trace context of the caller, to be passed on to providers. */
  readonly traceparent: string | null;
  /** Null where nobody needs a key. */
  readonly caller: Caller | null;
  /** Whose data the request is about; null where that is settled nowhere, as while `TENANCY` is off. */
  readonly tenant: string | null;
}

const SANE_REQUEST_ID = /^[\w.:-]{1,128}$/u;
const TRACEPARENT = /^[\da-f]{2}-(?!0{32})[\da-f]{32}-(?!0{16})[\da-f]{16}-[\da-f]{2}$/u;

const storage = new AsyncLocalStorage<RequestContext>();

/** Context of the current request; null outside of one. */
export function currentRequest(): RequestContext | null {
  return storage.getStore() ?? null;
}

/** Id of the current request; a new one outside of any. */
export function currentRequestId(): string {
  return storage.getStore()?.requestId ?? randomUUID();
}

/** Whose data the work at hand is about. */
export function currentTenant(): string {
  return storage.getStore()?.tenant ?? DEFAULT_TENANT;
}

/** Goes on with the request as this caller's. */
export function withCaller(caller: Caller, next: () => void): void {
  storage.run({ ...thisRequest(), caller }, next);
}

/** Goes on with the request as one about this tenant's data. */
export function withTenant(tenant: string, next: () => void): void {
  storage.run({ ...thisRequest(), tenant }, next);
}

/** Goes on with the request as part of this trace. */
export function withTraceparent(traceparent: string, next: () => void): void {
  storage.run({ ...thisRequest(), traceparent }, next);
}

/** Does work on behalf of a request, maybe long after it was answered. */
export function runInContext<T>(context: RequestContext, work: () => T): T {
  return storage.run(context, work);
}

/** The id that the caller gave a request, if it is a sane one, else a new one. */
export function requestIdOf({ headers }: IncomingMessage): string {
  const sent = headers['x-request-id'];
  return typeof sent === 'string' && SANE_REQUEST_ID.test(sent) ? sent : randomUUID();
}

/** Gives each request an id (the caller's, if it sent a sane one), remembers its trace, and answers with the id. */
export function requestContext(request: Request, response: Response, next: NextFunction): void {
  const requestId = requestIdOf(request);
  const traceparent = request.headers['traceparent'];
  response.setHeader('x-request-id', requestId);
  storage.run(
    {
      requestId,
      path: request.path,
      traceparent: typeof traceparent === 'string' && TRACEPARENT.test(traceparent) ? traceparent : null,
      caller: null,
      tenant: null,
    },
    next,
  );
}

function thisRequest(): RequestContext {
  const context = storage.getStore();
  if (context === undefined) throw new Error('There is no request.');
  return context;
}

import { Injectable, Logger } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { currentRequest, type RequestContext } from '../http/request-context.js';
import { routeOf } from '../http/route-of.js';
import { traceIdOf } from '../http/trace-id.js';

/** Asked every few seconds, by nobody that anybody needs to know of. */
const QUIET: ReadonlySet<string> = new Set(['/health', '/ready', '/metrics']);
/** A client that hangs up first gets no status; proxies call that 499. */
const HUNG_UP = 499;

/**
 * One line for each request: who, what, how it ended, how long it took. Never the path or the query, which clients choose,
 * nor a body.
 */
@Injectable()
export class RequestLog {
  private readonly logger = new Logger(RequestLog.name);
  private readonly contexts = new WeakMap<Response, RequestContext>();

  /** The first middleware once there is a context. */
  readonly begin = (request: Request, response: Response, next: NextFunction): void => {
    const start = performance.now();
    this.note(response);
    response.once('close', () => {
      this.write(request, response, performance.now() - start);
    });
    next();
  };

  /** A middleware for when it is known who asks. */
  readonly identify = (_request: Request, response: Response, next: NextFunction): void => {
    this.note(response);
    next();
  };

  private note(response: Response): void {
    const context = currentRequest();
    if (context !== null) this.contexts.set(response, context);
  }

  private write(request: Request, response: Response, milliseconds: number): void {
    const route = routeOf(request);
    const line = {
      msg: 'request',
      method: request.method.slice(0, 16),
      route,
      status: response.writableFinished ? response.statusCode : HUNG_UP,
      duration_ms: Math.round(milliseconds * 10) / 10,
      ...originOf(this.contexts.get(response)),
    };
    if (QUIET.has(route)) this.logger.debug(line);
    else this.logger.log(line);
  }
}

function originOf(context: RequestContext | undefined) {
  if (context === undefined) return {};
  const { requestId, traceparent, caller, tenant } = context;
  return {
    request_id: requestId,
    ...(traceparent !== null && { trace_id: traceIdOf(traceparent) }),
    ...(caller !== null && { key: caller.name, key_kind: caller.kind }),
    ...(tenant !== null && { tenant }),
  };
}

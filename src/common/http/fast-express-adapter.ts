import type { NestApplicationOptions } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import type { Express, NextFunction, Request, Response } from 'express';
import { createServer, IncomingMessage, type Server, type ServerOptions, ServerResponse } from 'node:http';
import type { ConnectionLimits } from '../../config/settings/server.settings.js';
import { NotFoundError } from '../errors/not-found.error.js';
import { answerClientErrors } from './client-error.js';

/** How many connections may wait to be accepted; the system may allow fewer. */
const BACKLOG = 4096;
/** How often Node looks for requests that are over their time. */
const TIMEOUT_CHECK_MS = 500;

/**
 * Express, without its slowest habit. Express changes the prototype of every request and response, which spoils
 * the shapes that V8 has learnt. Here both are classes of our own, and their prototypes are what Express changes to,
 * so that its change is none. `npm run bench:http` compares.
 */
export class FastExpressAdapter extends ExpressAdapter {
  /** @param limits Node's own where absent */
  constructor(private readonly limits?: ConnectionLimits) {
    super();
  }

  override initHttpServer(_options: NestApplicationOptions): void {
    const application = this.getInstance<Express>();
    application.disable('x-powered-by');
    application.disable('etag');
    class FastRequest extends IncomingMessage {}
    class FastResponse extends ServerResponse {}
    application.request = insert(FastRequest.prototype, application.request);
    application.response = insert(FastResponse.prototype, application.response);
    const server = createServer(
      {
        IncomingMessage: FastRequest,
        ServerResponse: FastResponse,
        requireHostHeader: false,
        ...(this.limits && timeLimits(this.limits)),
      },
      application,
    );
    if (this.limits) server.maxConnections = this.limits.maxConnections;
    this.httpServer = server;
    this.httpServer.on('clientError', answerClientErrors());
    // Node would answer an unknown `Expect` with a bare 417.
    this.httpServer.on('checkExpectation', application);
  }

  /** With Node's own backlog of 511, whoever comes later when many connect at once would get through a second later. */
  override listen(port: number | string, hostname?: string | (() => void), callback?: () => void): Server {
    const address = { port: Number(port), backlog: BACKLOG };
    const server = this.httpServer as Server;
    return typeof hostname === 'string'
      ? server.listen({ ...address, host: hostname }, callback)
      : server.listen(address, hostname);
  }

  /** Nest's own handler knows only routes below the prefix, and quotes the query string. */
  override setNotFoundHandler(): void {
    this.use((request: Request, _response: Response, next: NextFunction) => {
      next(new NotFoundError(`There is no ${request.method} ${request.path}.`));
    });
  }

  /** Called once requests in flight have had their time, so what is still open may go. */
  override close(): Promise<void> | undefined {
    const closed = super.close() as Promise<void> | undefined;
    (this.httpServer as Server).closeAllConnections();
    return closed;
  }
}

function timeLimits(limits: ConnectionLimits): ServerOptions {
  const { headTimeoutMs, requestTimeoutMs, keepAliveTimeoutMs, maxHeadBytes } = limits;
  return {
    // Node takes no longer one than for the whole request.
    headersTimeout: Math.min(headTimeoutMs, requestTimeoutMs),
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: keepAliveTimeoutMs,
    maxHeaderSize: maxHeadBytes,
    connectionsCheckingInterval: TIMEOUT_CHECK_MS,
  };
}

/** Puts a class's prototype between its instances and the prototype that they are to have. */
function insert<Prototype extends object>(prototype: object, parent: Prototype): Prototype {
  return Object.setPrototypeOf(prototype, parent) as Prototype;
}

import { Injectable } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { routeOf } from '../http/route-of.js';
import { Metrics } from './metrics.js';

const BUCKETS_SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** How many requests there are, by route and status, and how long they take. */
@Injectable()
export class HttpMetrics {
  private readonly duration;
  private inFlight = 0;

  constructor(metrics: Metrics) {
    this.duration = metrics.histogram({
      name: 'http_request_duration_seconds',
      help: 'Time from the first byte of a request to the last one of its answer.',
      labels: ['method', 'route', 'status'],
      buckets: BUCKETS_SECONDS,
    });
    metrics.observe(
      { name: 'http_requests_in_flight', help: 'Requests that are being answered.', labels: [] },
      () => [{ labels: {}, value: this.inFlight }],
    );
  }

  readonly middleware = (request: Request, response: Response, next: NextFunction): void => {
    const start = performance.now();
    this.inFlight += 1;
    response.once('close', () => {
      this.inFlight -= 1;
      // A client that hangs up first gets no status; proxies call that 499.
      const status = response.writableFinished ? response.statusCode : 499;
      this.duration.observe(
        { method: knownMethod(request.method), route: routeOf(request), status: String(status) },
        (performance.now() - start) / 1000,
      );
    });
    next();
  };
}

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

function knownMethod(method: string): string {
  return METHODS.has(method) ? method : 'other';
}

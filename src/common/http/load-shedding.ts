import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { AppConfig } from '../../config/app-config.js';
import { toFailure } from '../errors/failure.js';
import { sendProblem } from '../errors/problem.filter.js';
import { UnavailableError } from '../errors/unavailable.error.js';
import { Metrics } from '../metrics/metrics.js';
import { aboutService } from './about-service.js';
import { EventLoopLag } from './event-loop-lag.js';

/** Those who were refused should not all come back in the same moment. */
const MAX_RETRY_SECONDS = 3;
/** With fewer in flight, refusing one would hardly help the others: it is the machine that is busy. */
const FEW_IN_FLIGHT = 16;
const LOG_EVERY_MS = 10_000;

/**
 * Refuses requests that would only make everybody wait longer: while the event loop is late for some time already, or
 * too many are being answered. A refusal costs next to nothing: nothing of the request is read but its path.
 */
@Injectable()
export class LoadShedding implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(LoadShedding.name);
  private readonly lag = new EventLoopLag();
  private readonly refusals;
  private inFlight = 0;
  private refusedSinceLogged = 0;
  private loggedAt = -Infinity;

  constructor(
    private readonly config: AppConfig,
    metrics: Metrics,
  ) {
    this.refusals = metrics.counter({
      name: 'requests_shed_total',
      help: 'Requests that were refused because there was too much to do.',
      labels: ['reason'],
    });
  }

  onModuleInit(): void {
    this.lag.start();
  }

  onApplicationShutdown(): void {
    this.lag.stop();
  }

  readonly middleware = (request: Request, response: Response, next: NextFunction): void => {
    const about = aboutService(request.path);
    if (about === 'state' || about === 'metrics') {
      next();
      return;
    }
    const reason = this.overload();
    if (reason !== null) {
      this.refuse(reason, request, response);
      return;
    }
    this.inFlight += 1;
    response.once('close', () => {
      this.inFlight -= 1;
    });
    next();
  };

  private overload(): 'in_flight' | 'event_loop' | null {
    const { maxRequestsInFlight, maxEventLoopLagMs } = this.config.limits;
    if (maxRequestsInFlight > 0 && this.inFlight >= maxRequestsInFlight) return 'in_flight';
    if (this.inFlight < FEW_IN_FLIGHT) return null;
    return maxEventLoopLagMs > 0 && this.lag.isLate(maxEventLoopLagMs) ? 'event_loop' : null;
  }

  private refuse(reason: 'in_flight' | 'event_loop', request: Request, response: Response): void {
    this.refusals.inc({ reason });
    this.logNowAndThen(reason);
    const failure = toFailure(
      new UnavailableError('There is too much to do; try again later, or send it to another replica.', {
        retryAfterSeconds: 1 + Math.floor(Math.random() * MAX_RETRY_SECONDS),
      }),
    );
    sendProblem(request, response, failure);
  }

  private logNowAndThen(reason: string): void {
    this.refusedSinceLogged += 1;
    const now = performance.now();
    if (now - this.loggedAt < LOG_EVERY_MS) return;
    this.logger.warn(`Too much to do (${reason}): ${this.refusedSinceLogged} requests refused`);
    this.loggedAt = now;
    this.refusedSinceLogged = 0;
  }
}

import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppConfig } from '../../config/app-config.js';
import { UnavailableError } from '../errors/unavailable.error.js';

/** Whoever decides whether to send requests here must get an answer to the end. */
const ALWAYS_ANSWERED: ReadonlySet<string> = new Set(['/health', '/ready']);

/**
 * The end of the service's life: first it only says that it is leaving (readiness turns 503), then it refuses new
 * requests while those in flight finish, and after the time limit it cuts off what is left.
 */
@Injectable()
export class Drain implements BeforeApplicationShutdown {
  private leaving = false;
  private refusing = false;
  private inFlight = 0;
  private lastFinished: (() => void) | null = null;

  constructor(private readonly config: AppConfig) {}

  get isLeaving(): boolean {
    return this.leaving;
  }

  /** Middleware that counts requests in flight, and refuses new ones once the service is closing. */
  readonly middleware = (request: Request, response: Response, next: NextFunction): void => {
    if (this.leaving) response.setHeader('Connection', 'close');
    if (this.refusing && !ALWAYS_ANSWERED.has(request.path)) {
      next(new UnavailableError('The service is shutting down; send the request to another replica.'));
      return;
    }
    this.inFlight += 1;
    response.once('close', () => {
      this.inFlight -= 1;
      if (this.inFlight === 0) this.lastFinished?.();
    });
    next();
  };

  /** @param signal that ends the process; without one nobody needs to be told first */
  async beforeApplicationShutdown(signal?: string): Promise<void> {
    this.leaving = true;
    if (signal !== undefined) await sleep(this.config.server.shutdownDelayMs);
    this.refusing = true;
    if (this.inFlight === 0) return;
    const finished = new Promise<void>((resolve) => {
      this.lastFinished = resolve;
    });
    await Promise.race([finished, sleep(this.config.server.shutdownTimeoutMs, undefined, { ref: false })]);
  }
}

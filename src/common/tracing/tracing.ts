import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { AppConfig } from '../../config/app-config.js';
import { withTraceparent } from '../http/request-context.js';
import { routeOf } from '../http/route-of.js';
import { failSpan, startSpan, toTraceparent } from './span.js';

/** Traces of requests, sent to the collector that the settings name; without one, nothing is loaded or done. */
@Injectable()
export class Tracing implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(Tracing.name);
  private stop: (() => Promise<void>) | null = null;

  constructor(private readonly config: AppConfig) {}

  async onModuleInit(): Promise<void> {
    const { tracing } = this.config;
    if (tracing.endpoint === null) return;
    const { startExporting } = await import('./start-exporting.js');
    this.stop = startExporting(tracing);
  }

  /** A collector that does not answer must not keep the process. */
  async onApplicationShutdown(): Promise<void> {
    await this.stop?.().catch(() => {
      this.logger.warn('The last spans could not be sent.');
    });
  }

  /** Middleware that makes a span of each request, below that of the caller, and above all that it leads to. */
  readonly middleware = (request: Request, response: Response, next: NextFunction): void => {
    if (this.stop === null) {
      next();
      return;
    }
    const { method } = request;
    const span = startSpan({ name: method, kind: 'server', attributes: { 'http.request.method': method } });
    response.once('close', () => {
      const route = routeOf(request);
      span.updateName(`${method} ${route}`);
      span.setAttributes({ 'http.route': route, 'http.response.status_code': response.statusCode });
      if (response.statusCode >= 500) failSpan(span, String(response.statusCode));
      span.end();
    });
    withTraceparent(toTraceparent(span), next);
  };
}

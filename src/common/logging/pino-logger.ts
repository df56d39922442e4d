import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino';
import type { LogLevel } from '../../config/settings/server.settings.js';
import { currentRequest } from '../http/request-context.js';
import { traceIdOf } from '../http/trace-id.js';

type PinoLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug';

/** Nest's log on pino: one JSON object a line, each with the request that it belongs to. */
export class PinoLogger implements LoggerService {
  private readonly pino: Logger;

  constructor(level: LogLevel, destination: DestinationStream) {
    this.pino = pino(
      {
        level,
        base: null,
        timestamp: stdTimeFunctions.isoTime,
        formatters: { level: (label) => ({ level: label }) },
        mixin: requestFields,
      },
      destination,
    );
  }

  log(message: unknown, context?: unknown): void {
    this.write('info', message, { context });
  }

  warn(message: unknown, context?: unknown): void {
    this.write('warn', message, { context });
  }

  debug(message: unknown, context?: unknown): void {
    this.write('debug', message, { context });
  }

  verbose(message: unknown, context?: unknown): void {
    this.write('debug', message, { context });
  }

  /** Nest puts a stack, where there is one, before the context. */
  error(message: unknown, ...details: unknown[]): void {
    this.write('error', message, withStack(details));
  }

  fatal(message: unknown, ...details: unknown[]): void {
    this.write('fatal', message, withStack(details));
  }

  private write(level: PinoLevel, message: unknown, fields: Record<string, unknown>): void {
    if (!this.pino.isLevelEnabled(level)) return;
    if (message instanceof Error) this.pino[level]({ ...fields, stack: message.stack }, message.message);
    else if (typeof message === 'object' && message !== null) this.pino[level]({ ...fields, ...message });
    else this.pino[level](fields, String(message));
  }
}

function withStack(details: readonly unknown[]): Record<string, unknown> {
  const stack = details.length > 1 ? details[0] : undefined;
  return { context: details.at(-1), ...(stack !== undefined && { stack }) };
}

function requestFields(): object {
  const request = currentRequest();
  if (request === null) return {};
  const { requestId, traceparent } = request;
  return { request_id: requestId, ...(traceparent !== null && { trace_id: traceIdOf(traceparent) }) };
}

import type { LoggerService } from '@nestjs/common';
import { constants } from 'node:os';
import type { ServerConfig } from '../config/settings/server.settings.js';

/** Signals that end the service in order. */
export const END_SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** What shells report for a process that a signal has ended. */
const SIGNALLED = 128;

/**
 * Bounds the orderly end that the first signal begins: a second one ends the process at once, whatever is in flight,
 * and so does the time limit, for when something doesn't close.
 */
export function endInTime(
  { shutdownDelayMs, shutdownTimeoutMs, shutdownCloseTimeoutMs }: ServerConfig,
  logger: LoggerService,
): void {
  let isEnding = false;
  const limitMs = shutdownDelayMs + shutdownTimeoutMs + shutdownCloseTimeoutMs;
  for (const signal of END_SIGNALS) {
    process.on(signal, () => {
      if (isEnding) {
        logger.warn(`${signal} for the second time: ending at once`);
        process.exit(SIGNALLED + constants.signals[signal]);
      }
      isEnding = true;
      setTimeout(() => {
        logger.error(`Not everything closed within ${limitMs} ms after ${signal}: ending all the same`);
        process.exit(1);
      }, limitMs).unref();
    });
  }
}

/**
 * Ends the process with code 1 on an error that nobody catches, after a line in the log: nobody knows any more what
 * state it is in. Rejections that nobody handles count as well.
 */
export function endOnFault(logger: LoggerService): void {
  process.once('uncaughtException', (error: unknown, origin) => {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    logger.fatal?.(`${origin}, which is a bug; ending: ${message}`, stack);
    process.exit(1);
  });
}

import { ConsoleLogger, type LogLevel as NestLogLevel } from '@nestjs/common';
import type { LogLevel } from '../config/settings/server.settings.js';

const NEST_LEVELS: Record<LogLevel, NestLogLevel[]> = {
  fatal: ['fatal'],
  error: ['fatal', 'error'],
  warn: ['fatal', 'error', 'warn'],
  info: ['fatal', 'error', 'warn', 'log'],
  debug: ['fatal', 'error', 'warn', 'log', 'debug', 'verbose'],
};

/** One JSON object a line when the output goes to a collector, readable lines on a terminal. */
export function createLogger(level: LogLevel): ConsoleLogger {
  const json = !process.stdout.isTTY;
  return new ConsoleLogger({ json, colors: !json, compact: true, logLevels: NEST_LEVELS[level] });
}

/** Runs the start of the program; when it fails, prints why, without a stack, and ends with code 1. */
export async function exitOnFailure(start: () => Promise<void>): Promise<void> {
  try {
    await start();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

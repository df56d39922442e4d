import type { LoggerService } from '@nestjs/common';
import { destination, type DestinationStream } from 'pino';
import type { LogLevel } from '../../config/settings/server.settings.js';
import { PinoLogger } from './pino-logger.js';

/** One JSON object a line when the output goes to a collector, readable lines on a terminal. */
export async function createLogger(level: LogLevel): Promise<LoggerService> {
  return new PinoLogger(level, process.stdout.isTTY ? await readable() : destination({ sync: true }));
}

/** Only loaded where somebody reads along. */
async function readable(): Promise<DestinationStream> {
  const { prettyFactory } = await import('pino-pretty');
  const pretty = prettyFactory({ colorize: true, ignore: 'context', messageFormat: '[{context}] {msg}' });
  return { write: (line) => process.stdout.write(pretty(line)) };
}

/* eslint-disable no-console -- this is where the console is taken over */
/** Some libraries write to the console; what they say goes where everything else goes. */
export function captureConsole(logger: LoggerService): void {
  const say = (write: (message: string, context: string) => void) => (message?: unknown) => {
    write(String(message), 'console');
  };
  console.error = say((message, context) => {
    logger.error(message, undefined, context);
  });
  console.warn = say((message, context) => {
    logger.warn(message, context);
  });
  console.log = say((message, context) => {
    logger.log(message, context);
  });
  console.info = console.log;
  console.debug = say((message, context) => {
    logger.debug?.(message, context);
  });
}

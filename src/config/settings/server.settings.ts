import { ChoiceSetting, IntegerSetting, TextSetting } from '../setting.decorators.js';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const MEBIBYTE = 1024 * 1024;

/** How the service is reached, and how it ends. */
export class ServerSettings {
  @TextSetting({
    group: 'Server',
    default: '127.0.0.1',
    description: 'Address to listen on. `0.0.0.0` accepts connections from other machines.',
  })
  HOST = '127.0.0.1';

  @IntegerSetting({
    group: 'Server',
    default: 8000,
    min: 0,
    max: 65_535,
    description: 'TCP port to listen on; 0 takes any free one.',
  })
  PORT = 8000;

  @ChoiceSetting({
    group: 'Server',
    choices: LOG_LEVELS,
    default: 'info',
    description: 'Least severe log line that is written.',
  })
  LOG_LEVEL: LogLevel = 'info';

  @IntegerSetting({
    group: 'Server',
    default: 16 * MEBIBYTE,
    min: 1024,
    max: 256 * MEBIBYTE,
    unit: 'bytes',
    description: 'Largest JSON body that is accepted; a larger one is answered with 413.',
  })
  MAX_BODY_BYTES = 16 * MEBIBYTE;

  @IntegerSetting({
    group: 'Server',
    default: 0,
    min: 0,
    max: 300_000,
    unit: 'ms',
    description: 'On SIGTERM, how long `/ready` answers 503 before connections are refused.',
  })
  SHUTDOWN_DELAY_MS = 0;

  @IntegerSetting({
    group: 'Server',
    default: 25_000,
    min: 100,
    max: 600_000,
    unit: 'ms',
    description: 'On SIGTERM, how long requests in flight may take to finish before they are cut off.',
  })
  SHUTDOWN_TIMEOUT_MS = 25_000;
}

export interface ServerConfig {
  readonly host: string;
  readonly port: number;
  readonly logLevel: LogLevel;
  readonly maxBodyBytes: number;
  readonly shutdownDelayMs: number;
  readonly shutdownTimeoutMs: number;
}

export function serverConfig(settings: ServerSettings): ServerConfig {
  return {
    host: settings.HOST,
    port: settings.PORT,
    logLevel: settings.LOG_LEVEL,
    maxBodyBytes: settings.MAX_BODY_BYTES,
    shutdownDelayMs: settings.SHUTDOWN_DELAY_MS,
    shutdownTimeoutMs: settings.SHUTDOWN_TIMEOUT_MS,
  };
}

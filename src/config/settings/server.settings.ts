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
    default: 30_000,
    min: 100,
    max: 3_600_000,
    unit: 'ms',
    description: 'How long a client may take nothing of an answer that waits for it before it is cut off.',
  })
  CLIENT_READ_TIMEOUT_MS = 30_000;

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

  @IntegerSetting({
    group: 'Server',
    default: 4000,
    min: 100,
    max: 600_000,
    unit: 'ms',
    description:
      'On SIGTERM, how long connections to databases and caches may then take to close before the process ends with 1.',
  })
  SHUTDOWN_CLOSE_TIMEOUT_MS = 4000;

  @IntegerSetting({
    group: 'Server',
    default: 10_000,
    min: 100,
    max: 600_000,
    unit: 'ms',
    description: 'How long the head of a request may take to arrive; then it is answered with 408.',
  })
  REQUEST_HEAD_TIMEOUT_MS = 10_000;

  @IntegerSetting({
    group: 'Server',
    default: 300_000,
    min: 100,
    max: 3_600_000,
    unit: 'ms',
    description:
      'How long a whole request may take to arrive, uploads included; then it is answered with 408.',
  })
  REQUEST_TIMEOUT_MS = 300_000;

  @IntegerSetting({
    group: 'Server',
    default: 65_000,
    min: 1000,
    max: 3_600_000,
    unit: 'ms',
    description:
      'How long an idle connection is kept. Longer than a load balancer keeps its own (mostly 60 s).',
  })
  KEEP_ALIVE_TIMEOUT_MS = 65_000;

  @IntegerSetting({
    group: 'Server',
    default: 10_000,
    min: 10,
    max: 1_000_000,
    unit: 'connections',
    description: 'How many connections may be open; a further one is closed at once.',
  })
  MAX_CONNECTIONS = 10_000;

  @IntegerSetting({
    group: 'Server',
    default: 16_384,
    min: 4096,
    max: 131_072,
    unit: 'bytes',
    description: 'Longest head of a request, path and headers together; a longer one is answered with 431.',
  })
  MAX_HEAD_BYTES = 16_384;
}

/** What a connection may take of the server before it gets anything. */
export interface ConnectionLimits {
  readonly headTimeoutMs: number;
  readonly requestTimeoutMs: number;
  readonly keepAliveTimeoutMs: number;
  readonly maxConnections: number;
  readonly maxHeadBytes: number;
}

export interface ServerConfig {
  readonly host: string;
  readonly port: number;
  readonly logLevel: LogLevel;
  readonly maxBodyBytes: number;
  /** How long a client may take nothing of an answer that waits for it. */
  readonly clientReadTimeoutMs: number;
  readonly shutdownDelayMs: number;
  readonly shutdownTimeoutMs: number;
  readonly shutdownCloseTimeoutMs: number;
  readonly connections: ConnectionLimits;
}

export function serverConfig(settings: ServerSettings): ServerConfig {
  return {
    host: settings.HOST,
    port: settings.PORT,
    logLevel: settings.LOG_LEVEL,
    maxBodyBytes: settings.MAX_BODY_BYTES,
    clientReadTimeoutMs: settings.CLIENT_READ_TIMEOUT_MS,
    shutdownDelayMs: settings.SHUTDOWN_DELAY_MS,
    shutdownTimeoutMs: settings.SHUTDOWN_TIMEOUT_MS,
    shutdownCloseTimeoutMs: settings.SHUTDOWN_CLOSE_TIMEOUT_MS,
    connections: {
      headTimeoutMs: settings.REQUEST_HEAD_TIMEOUT_MS,
      requestTimeoutMs: settings.REQUEST_TIMEOUT_MS,
      keepAliveTimeoutMs: settings.KEEP_ALIVE_TIMEOUT_MS,
      maxConnections: settings.MAX_CONNECTIONS,
      maxHeadBytes: settings.MAX_HEAD_BYTES,
    },
  };
}

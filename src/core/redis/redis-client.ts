import { createClient, ErrorReply } from '@redis/client';
import { ConfigurationError } from '../../config/configuration.error.js';
import type { Secret } from '../../config/secret.js';

export type RedisClient = ReturnType<typeof createClient>;

const CONNECT_TIMEOUT_MS = 5000;

/** Commands that may wait for their turn or their reply, so that a stalled server can't fill the memory. */
const MAX_QUEUED_COMMANDS = 20_000;

/**
 * A client for one connection: it ends with the first error, or when `lifetime` is aborted, in whatever state it is,
 * and doesn't keep the process alive.
 * @throws ConfigurationError when the URL can't be one of a Redis server
 */
export function createRedisClient(url: Secret, lifetime: AbortSignal): RedisClient {
  const client = parseAndCreate(url, lifetime);
  client.unref();
  return client;
}

function parseAndCreate(url: Secret, lifetime: AbortSignal): RedisClient {
  // The signal goes on to `net.connect` or `tls.connect`, which take one; the client's types leave it out.
  const socket = { connectTimeout: CONNECT_TIMEOUT_MS, reconnectStrategy: false as const, signal: lifetime };
  try {
    return createClient({
      url: url.reveal(),
      socket,
      disableOfflineQueue: true,
      commandsQueueMaxLength: MAX_QUEUED_COMMANDS,
    });
  } catch {
    // The parser's error carries the URL, so it isn't passed on as the cause.
    throw new ConfigurationError(['REDIS_URL is not the URL of a Redis server']);
  }
}

/** Why a client failed, in a word that is safe to log: `ECONNREFUSED`, `WRONGPASS`, `ConnectionTimeoutError`. */
export function redisFailureReason(error: unknown): string {
  if (error instanceof ErrorReply) return /^[A-Z]+/.exec(error.message)?.[0] ?? 'error reply';
  if (isObject(error) && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.constructor.name : 'unknown';
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

import { UnavailableError } from '../../common/errors/unavailable.error.js';
import type { Secret } from '../../config/secret.js';
import { createRedisClient, redisFailureReason, type RedisClient } from './redis-client.js';

export interface RedisTimes {
  /** Longest time without any answer before the connection counts as dead, although nobody closed it. */
  readonly maxSilenceMs: number;
  /** Longest pause before the first try to reconnect; it doubles with each further one, up to `maxBackoffMs`. */
  readonly minBackoffMs: number;
  readonly maxBackoffMs: number;
}

const DEFAULT_TIMES: RedisTimes = { maxSilenceMs: 5000, minBackoffMs: 50, maxBackoffMs: 1000 };

/** One try at a connection, from its start to its end. */
interface Link {
  readonly client: RedisClient;
  readonly lifetime: AbortController;
}

/**
 * A connection to Redis that is made in the background, and made again, for as long as it takes, when it is lost. The
 * client's own reconnection is not used: it can't be stopped while it connects, nor does it notice a dead peer.
 */
export class RedisConnection {
  private link: Link | null = null;
  private readonly firstAttempt: Promise<void>;
  private lossReason = 'closed';
  private lossesInARow = 0;
  private reconnectTimer: NodeJS.Timeout | undefined;
  private isClosed = false;
  private unansweredCommands = 0;
  private silenceTimer: NodeJS.Timeout | undefined;

  /** @throws ConfigurationError when the URL can't be one of a Redis server */
  constructor(
    private readonly url: Secret,
    private readonly times = DEFAULT_TIMES,
  ) {
    this.firstAttempt = this.connect(this.open());
  }

  get isReady(): boolean {
    return this.link?.client.isReady ?? false;
  }

  /**
   * Runs a command; while the first attempt to connect lasts, it waits for that.
   * @throws UnavailableError, with a message that is safe to log, when there is no connection or it fails
   */
  async run<T>(command: (client: RedisClient) => Promise<T>): Promise<T> {
    await this.firstAttempt;
    const link = this.link;
    if (!link?.client.isReady) throw new UnavailableError(`Redis is not connected (${this.lossReason})`);
    this.expectAnswer(link);
    try {
      return await command(link.client);
    } catch (error) {
      throw new UnavailableError(`Redis failed (${redisFailureReason(error)})`, { cause: error });
    } finally {
      this.noteAnswer();
    }
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.reconnectTimer);
    if (this.link) this.lose(this.link, 'closed');
  }

  private expectAnswer(link: Link): void {
    this.unansweredCommands += 1;
    if (this.unansweredCommands > 1) return;
    this.silenceTimer = setTimeout(() => {
      this.lose(link, 'no answer');
    }, this.times.maxSilenceMs).unref();
  }

  private noteAnswer(): void {
    this.unansweredCommands -= 1;
    if (this.unansweredCommands === 0) clearTimeout(this.silenceTimer);
    else this.silenceTimer?.refresh();
  }

  private open(): Link {
    const lifetime = new AbortController();
    const client = createRedisClient(this.url, lifetime.signal);
    const link = { client, lifetime };
    client.on('error', (error: unknown) => {
      this.lose(link, redisFailureReason(error));
    });
    this.link = link;
    return link;
  }

  private async connect(link: Link): Promise<void> {
    // A server that accepts the connection and then says nothing would be waited for for ever.
    const timer = setTimeout(() => {
      this.lose(link, 'no answer');
    }, this.times.maxSilenceMs).unref();
    try {
      await link.client.connect();
      this.lossesInARow = 0;
    } catch (error) {
      this.lose(link, redisFailureReason(error));
    } finally {
      clearTimeout(timer);
    }
  }

  // The end of a link is told several times: by events, by rejections, by the one that ended it.
  private lose(link: Link, reason: string): void {
    if (this.link !== link) return;
    this.link = null;
    this.lossReason = reason;
    link.lifetime.abort();
    if (!this.isClosed) this.reconnectLater();
  }

  private reconnectLater(): void {
    const { minBackoffMs, maxBackoffMs } = this.times;
    const backoff = Math.min(maxBackoffMs, minBackoffMs * 2 ** this.lossesInARow);
    this.lossesInARow += 1;
    const delay = backoff * (0.5 + Math.random() / 2);
    this.reconnectTimer = setTimeout(() => void this.connect(this.open()), delay).unref();
  }
}

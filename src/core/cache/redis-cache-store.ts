import type { Secret } from '../../config/secret.js';
import { CacheStore, type StoreEntry } from './cache-store.js';
import { RedisConnection } from './redis-connection.js';

/** Keeps values in Redis, so that replicas share them. Every method rejects with UnavailableError when it can't. */
export class RedisCacheStore extends CacheStore {
  override readonly kind = 'redis';
  private readonly connection: RedisConnection;

  /** @throws ConfigurationError when the URL can't be one of a Redis server */
  constructor(url: Secret) {
    super();
    this.connection = new RedisConnection(url);
  }

  override get isConnected(): boolean {
    return this.connection.isReady;
  }

  override getMany(keys: readonly string[]): Promise<unknown[]> {
    return this.connection.run((store) => store.mget(...keys));
  }

  // Not `mset`: that is a transaction, and one that the full command queue cuts short leaves the connection inside it.
  override async setMany(entries: readonly StoreEntry[], ttlMs: number): Promise<void> {
    await this.connection.run((store) =>
      Promise.all(entries.map(([key, value]) => store.set(key, value, ttlMs))),
    );
  }

  override delete(key: string): Promise<void> {
    return this.connection.run((store) => store.del(key));
  }

  override close(): void {
    this.connection.close();
  }
}

import { redisInsStore, type RedisStore } from 'cache-manager-redis-yet';
import type { Secret } from '../../config/secret.js';
import { CacheStore, type StoreEntry } from './cache-store.js';
import type { RedisClient } from '../redis/redis-client.js';
import { RedisConnection } from '../redis/redis-connection.js';

/** Keeps values in Redis, so that replicas share them. Every method rejects with UnavailableError when it can't. */
export class RedisCacheStore extends CacheStore {
  override readonly kind = 'redis';
  private readonly connection: RedisConnection;
  /** A store goes with its client when a connection is lost. */
  private readonly stores = new WeakMap<RedisClient, RedisStore>();

  /** @throws ConfigurationError when the URL can't be one of a Redis server */
  constructor(url: Secret) {
    super();
    this.connection = new RedisConnection(url);
  }

  override get isConnected(): boolean {
    return this.connection.isReady;
  }

  override getMany(keys: readonly string[]): Promise<unknown[]> {
    return this.run((store) => store.mget(...keys));
  }

  // Not `mset`: that is a transaction, and one that the full command queue cuts short leaves the connection inside it.
  override async setMany(entries: readonly StoreEntry[], ttlMs: number): Promise<void> {
    await this.run((store) => Promise.all(entries.map(([key, value]) => store.set(key, value, ttlMs))));
  }

  override delete(key: string): Promise<void> {
    return this.run((store) => store.del(key));
  }

  override close(): void {
    this.connection.close();
  }

  private run<T>(command: (store: RedisStore) => Promise<T>): Promise<T> {
    return this.connection.run((client) => command(this.storeOf(client)));
  }

  private storeOf(client: RedisClient): RedisStore {
    const known = this.stores.get(client);
    if (known !== undefined) return known;
    // The parameter is a client with modules, of which the store uses none.
    const store = redisInsStore(client as Parameters<typeof redisInsStore>[0]);
    this.stores.set(client, store);
    return store;
  }
}

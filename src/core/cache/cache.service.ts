import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Semaphore } from '../../common/async/semaphore.js';
import { UnavailableError } from '../../common/errors/unavailable.error.js';
import { currentTenant } from '../../common/http/request-context.js';
import { DEFAULT_TENANT } from '../../common/tenancy/tenant.js';
import { AppConfig } from '../../config/app-config.js';
import { CacheStore, type StoreEntry } from './cache-store.js';
import { SingleFlight } from './single-flight.js';
import { StoreCircuit } from '../redis/store-circuit.js';
import { withinTimeLimit } from '../redis/within-time-limit.js';

/** Keys and entries a command: small enough that one answer of 16 KB values comes within the time limit. */
const KEYS_PER_READ = 128;
const ENTRIES_PER_WRITE = 64;

/**
 * Commands with more keys than a few that run at the same time. All share one connection: with too many at once each
 * would miss its time limit, and a busy Redis would look like a dead one.
 */
const BULK_COMMANDS = 4;
const MAX_WAITING_BULK_COMMANDS = 1000;
const FEW_KEYS = 16;

/** Entries that may be on their way into the store at the same time; what comes on top is not cached. */
const MAX_ENTRIES_BEING_WRITTEN = 16_384;

const MAX_TTL_MS = 10 * 365 * 24 * 3_600_000;

/**
 * A cache that makes things faster and never breaks them: no method rejects because of the cache, and none waits for
 * it longer than `CACHE_TIMEOUT_MS` in all. While Redis is away there are only misses, at no cost.
 *
 * Values are JSON values, or `BinaryValue`. They are shared, not copied: nobody may change one that was set or got. A `namespace` is a
 * name without colons for one kind of value; keys are anybody's, and should be short (a hash, not a text). Each tenant finds its own
 * values alone, because a value that is there tells that somebody asked for it.
 */
@Injectable()
export class CacheService implements OnModuleInit, OnApplicationShutdown {
  readonly kind: 'memory' | 'redis';
  private readonly logger = new Logger(CacheService.name);
  private readonly flights = new SingleFlight();
  private readonly bulk = new Semaphore({
    permits: BULK_COMMANDS,
    maxWaiting: MAX_WAITING_BULK_COMMANDS,
    onOverflow: () => new UnavailableError('The cache has too much to do'),
  });
  private readonly circuit: StoreCircuit;
  private readonly timeoutMs: number;
  private entriesBeingWritten = 0;
  private hits = 0;
  private misses = 0;

  constructor(
    private readonly store: CacheStore,
    config: AppConfig,
  ) {
    this.kind = store.kind;
    this.timeoutMs = config.cache.timeoutMs;
    this.circuit = new StoreCircuit({
      limitMs: this.timeoutMs,
      probe: () => probe(store),
      onOutage: (cause) => {
        const reason = cause instanceof Error ? cause.message : 'unknown';
        this.logger.warn(`The cache is not available: ${reason}. Everything goes on without it.`);
      },
      onRecovery: (outageMs) => {
        this.logger.log(`The cache is available again after ${(outageMs / 1000).toFixed(1)} s.`);
      },
    });
  }

  onModuleInit(): void {
    void this.circuit.probe();
  }

  onApplicationShutdown(): void {
    this.circuit.stop();
    this.store.close();
  }

  /** `down` without a connection, `degraded` when there is one but calls fail or take too long. */
  get state(): 'up' | 'degraded' | 'down' {
    if (!this.store.isConnected) return 'down';
    return this.circuit.isBroken ? 'degraded' : 'up';
  }

  /** Keys that were looked up since the process started. */
  get lookups(): { readonly hits: number; readonly misses: number } {
    return { hits: this.hits, misses: this.misses };
  }

  /**
   * @returns the values in the order of the keys; undefined for a miss, which is also what an error makes, an outage,
   * and whatever has not arrived when the time is up
   */
  async getMany<T>(namespace: string, keys: readonly string[]): Promise<(T | undefined)[]> {
    const found: unknown[] = [];
    await this.waitAtMost(this.read(namespace, keys, found));
    const values = keys.map((_, index) => (found[index] ?? undefined) as T | undefined);
    const hits = values.filter((value) => value !== undefined).length;
    this.hits += hits;
    this.misses += values.length - hits;
    return values;
  }

  /**
   * Stores the entries for `ttlMs`; undefined and null can't be stored and are left out. Resolves when they are
   * stored, or not, or when the time is up; a large write then goes on behind.
   */
  async setMany(
    namespace: string,
    entries: readonly (readonly [key: string, value: unknown])[],
    ttlMs: number,
  ): Promise<void> {
    if (!(ttlMs > 0)) return;
    const storable = entries
      .filter(([, value]) => value !== undefined && value !== null)
      .slice(0, MAX_ENTRIES_BEING_WRITTEN - this.entriesBeingWritten)
      .map(([key, value]): StoreEntry => [fullKey(namespace, key), value]);
    await this.waitAtMost(this.write(storable, Math.min(Math.ceil(ttlMs), MAX_TTL_MS)));
  }

  /**
   * The cached value, or else the one that `compute` returns, which is then cached. Whoever asks meanwhile, in this
   * process, gets the same result, error included; an error is not kept. 0, '' and false are values like others;
   * undefined and null are returned but not cached.
   */
  getOrCompute<T>(namespace: string, key: string, ttlMs: number, compute: () => Promise<T>): Promise<T> {
    return this.flights.run(fullKey(namespace, key), async (isWanted) => {
      const [cached] = await this.getMany<T>(namespace, [key]);
      if (cached !== undefined) return cached;
      const value = await compute();
      if (isWanted()) void this.setMany(namespace, [[key, value]], ttlMs);
      return value;
    });
  }

  /** Forgets the value, and the one being computed. During an outage the stored one stays until it expires. */
  async delete(namespace: string, key: string): Promise<void> {
    this.flights.forget(fullKey(namespace, key));
    await this.circuit.attempt(() => this.store.delete(fullKey(namespace, key)));
  }

  private async read(namespace: string, keys: readonly string[], found: unknown[]): Promise<void> {
    const deadline = performance.now() + this.timeoutMs;
    for (let start = 0; start < keys.length; start += KEYS_PER_READ) {
      const chunk = keys.slice(start, start + KEYS_PER_READ).map((key) => fullKey(namespace, key));
      const values = await this.command(chunk, () =>
        performance.now() < deadline ? this.store.getMany(chunk) : Promise.resolve(undefined),
      );
      if (values === undefined) return;
      found.push(...values);
    }
  }

  private async write(entries: readonly StoreEntry[], ttlMs: number): Promise<void> {
    this.entriesBeingWritten += entries.length;
    try {
      for (let start = 0; start < entries.length; start += ENTRIES_PER_WRITE) {
        const chunk = entries.slice(start, start + ENTRIES_PER_WRITE);
        const isWritten = await this.command(chunk, () => this.store.setMany(chunk, ttlMs).then(() => true));
        if (!isWritten) return;
      }
    } finally {
      this.entriesBeingWritten -= entries.length;
    }
  }

  private command<T>(items: readonly unknown[], call: () => Promise<T>): Promise<T | undefined> {
    const attempt = (): Promise<T | undefined> => this.circuit.attempt(call);
    return items.length > FEW_KEYS ? this.bulk.run(attempt) : attempt();
  }

  private async waitAtMost(work: Promise<void>): Promise<void> {
    await withinTimeLimit(work, this.timeoutMs).catch(() => undefined);
  }
}

function fullKey(namespace: string, key: string): string {
  const tenant = currentTenant();
  const owner = tenant === DEFAULT_TENANT ? '' : `tenant=${tenant}:`;
  return `ml-service:${owner}${namespace}:${key}`;
}

/** Writes, because a store that is full or read-only answers reads well. */
async function probe(store: CacheStore): Promise<void> {
  await store.setMany([[fullKey('probe', 'probe'), 1]], 1000);
}

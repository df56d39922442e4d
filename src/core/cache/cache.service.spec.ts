import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { describeCacheContract } from '../../../test/contracts/cache.contract.js';
import { Deferred } from '../../common/async/deferred.js';
import { loadConfig } from '../../config/load-config.js';
import { CacheStore, type StoreEntry } from './cache-store.js';
import { CacheService } from './cache.service.js';
import { MemoryCacheStore } from './memory-cache-store.js';

const HOUR = 3_600_000;

describeCacheContract('memory', () => {
  const config = loadConfig({ CACHE_TIMEOUT_MS: '5000' });
  return new CacheService(new MemoryCacheStore(config.cache.maxBytes), config);
});

/** A store that answers after as long as it is told to, or never. */
class SlowStore extends CacheStore {
  override readonly kind = 'redis';
  override isConnected = true;
  latencyMs = 0;
  /** Whether a command begins only when the one before it has ended, as on one connection. */
  isSerial = false;
  commands = 0;
  private previous = Promise.resolve();
  readonly values = new Map<string, unknown>();

  override async getMany(keys: readonly string[]): Promise<unknown[]> {
    await this.answerTime();
    return keys.map((key) => this.values.get(key));
  }

  override async setMany(entries: readonly StoreEntry[]): Promise<void> {
    await this.answerTime();
    for (const [key, value] of entries) this.values.set(key, value);
  }

  override async delete(key: string): Promise<void> {
    await this.answerTime();
    this.values.delete(key);
  }

  override close(): void {
    this.isConnected = false;
  }

  private async answerTime(): Promise<void> {
    this.commands += 1;
    const { previous } = this;
    const { promise, resolve } = new Deferred<void>();
    if (this.isSerial) this.previous = promise;
    if (this.isSerial) await previous;
    if (this.latencyMs !== Infinity) setTimeout(resolve, this.latencyMs);
    await promise;
  }
}

describe('CacheService on a slow store', () => {
  const entries = Array.from({ length: 1000 }, (_, index) => [`key ${index}`, index] as const);
  const keys = entries.map(([key]) => key);
  let store: SlowStore;
  let cache: CacheService;
  let warn: jest.SpiedFunction<Logger['warn']>;
  let log: jest.SpiedFunction<Logger['log']>;

  beforeEach(() => {
    jest.useFakeTimers();
    warn = jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
    log = jest.spyOn(Logger.prototype, 'log').mockReturnValue();
    store = new SlowStore();
    cache = new CacheService(store, loadConfig({ CACHE_TIMEOUT_MS: '40' }));
  });

  afterEach(() => {
    cache.onApplicationShutdown();
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  /** The result, and the time that it took on the fake clock. */
  async function timed<T>(work: Promise<T>): Promise<{ result: T; tookMs: number }> {
    const startedAt = performance.now();
    const done = work.then((result) => ({ result, tookMs: performance.now() - startedAt }));
    await jest.advanceTimersByTimeAsync(200);
    return done;
  }

  it('prefixes keys with the service and the namespace', async () => {
    await timed(cache.setMany('embedding', [['abc', 1]], HOUR));

    expect([...store.values.keys()]).toEqual(['ml-service:embedding:abc']);
  });

  it('returns what has arrived when the time is up, in its places', async () => {
    await timed(cache.setMany('n', entries, HOUR));
    store.latencyMs = 15;

    const { result, tookMs } = await timed(cache.getMany<number>('n', keys));

    expect(tookMs).toBeLessThanOrEqual(41);
    expect(result).toHaveLength(1000);
    expect(result.slice(0, 256)).toEqual(entries.slice(0, 256).map(([, value]) => value));
    expect(result.slice(256).every((value) => value === undefined)).toBe(true);
    expect(cache.state).toBe('up');
  });

  it('reads no further once the time is up', async () => {
    store.latencyMs = 15;

    await timed(cache.getMany('n', keys));

    expect(store.commands).toBe(3);
  });

  it('finishes a large write behind the caller', async () => {
    store.latencyMs = 10;

    const { tookMs } = await timed(cache.setMany('n', entries, HOUR));
    expect(tookMs).toBeLessThanOrEqual(41);

    expect(store.values.size).toBe(1000);
  });

  it('takes only so many entries at a time, and more once they are written', async () => {
    const many = Array.from({ length: 20_000 }, (_, index) => [String(index), index] as const);
    store.latencyMs = 1;

    await timed(Promise.all([cache.setMany('n', many, HOUR), cache.setMany('n', [['extra', 1]], HOUR)]));
    await jest.advanceTimersByTimeAsync(1000);
    expect(store.values.size).toBe(16_384);

    await timed(cache.setMany('n', [['extra', 1]], HOUR));
    expect(store.values.size).toBe(16_385);
  });

  it('is not taken for dead because it has much to do at once', async () => {
    await timed(cache.setMany('n', entries, HOUR));
    store.latencyMs = 5;
    store.isSerial = true;

    const large = Array.from({ length: 50 }, () => cache.getMany('n', keys.slice(0, 128)));
    const { result, tookMs } = await timed(Promise.all(large));

    const hits = result.filter(([first]) => first === 0);
    expect(tookMs).toBeLessThanOrEqual(41);
    expect(hits.length).toBeGreaterThanOrEqual(6);
    expect(hits.length).toBeLessThan(50);
    expect(cache.state).toBe('up');
    expect(warn).not.toHaveBeenCalled();
    expect((await timed(cache.getMany('n', ['key 1']))).result).toEqual([1]);
  });

  it('costs one time limit when the store stalls, and nothing afterwards', async () => {
    store.latencyMs = Infinity;

    const first = await timed(cache.getMany('n', ['a', 'b']));
    const second = await timed(cache.getMany('n', ['a', 'b']));
    const write = await timed(cache.setMany('n', entries, HOUR));
    const removal = await timed(cache.delete('n', 'a'));

    expect(first.result).toEqual([undefined, undefined]);
    expect(first.tookMs).toBeLessThanOrEqual(41);
    expect([second.tookMs, write.tookMs, removal.tookMs]).toEqual([0, 0, 0]);
    expect(second.result).toEqual([undefined, undefined]);
  });

  it('still computes, and only once, while the store stalls', async () => {
    store.latencyMs = Infinity;
    const compute = jest.fn(() => Promise.resolve('computed'));
    const callers = Array.from({ length: 100 }, () => cache.getOrCompute('n', 'key', HOUR, compute));

    const { result, tookMs } = await timed(Promise.all(callers));

    expect(new Set(result)).toEqual(new Set(['computed']));
    expect(compute).toHaveBeenCalledTimes(1);
    expect(tookMs).toBeLessThanOrEqual(41);
  });

  it('logs an outage and its end in one line each, and shows them', async () => {
    expect(cache.state).toBe('up');
    store.latencyMs = Infinity;
    for (let count = 0; count < 20; count += 1) await timed(cache.getMany('n', ['a']));

    expect(cache.state).toBe('degraded');
    expect(warn.mock.calls).toEqual([
      ['The cache is not available: no answer within 40 ms. Everything goes on without it.'],
    ]);

    store.latencyMs = 1;
    await jest.advanceTimersByTimeAsync(600);

    expect(cache.state).toBe('up');
    expect(log.mock.calls).toEqual([
      [expect.stringMatching(/^The cache is available again after \d+\.\d s\.$/)],
    ]);
    expect(warn).toHaveBeenCalledTimes(1);
  });

  it('learns at the start how the store is, without waiting for it', async () => {
    store.latencyMs = Infinity;
    cache.onModuleInit();
    await jest.advanceTimersByTimeAsync(50);

    expect(cache.state).toBe('degraded');
    store.isConnected = false;
    expect(cache.state).toBe('down');
  });

  it('leaves nothing running after the shutdown', async () => {
    store.latencyMs = Infinity;
    const unfinished = cache.getMany('n', ['a']);
    cache.onModuleInit();

    cache.onApplicationShutdown();
    await jest.advanceTimersByTimeAsync(50);

    await expect(unfinished).resolves.toEqual([undefined]);
    expect(jest.getTimerCount()).toBe(0);
    expect(cache.state).toBe('down');
    expect(warn).not.toHaveBeenCalled();
  });
});

import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppConfigModule } from '../../src/config/app-config.module.js';
import { type EnvironmentVariables, loadConfig } from '../../src/config/load-config.js';
import { Secret } from '../../src/config/secret.js';
import { CacheModule } from '../../src/core/cache/cache.module.js';
import { CacheService } from '../../src/core/cache/cache.service.js';
import { RedisCacheStore } from '../../src/core/cache/redis-cache-store.js';
import { describeCacheContract } from '../contracts/cache.contract.js';
import { eventually } from '../support/eventually.js';
import { describeWithRedis, findFreePort, RedisServer, redisUrl } from '../support/redis-server.js';

const HOUR = 3_600_000;
const NAMESPACE = 'integration';
const TIMER_MS = 50;

describeWithRedis()('the cache in Redis', () => {
  let server: RedisServer | undefined;
  let module: TestingModule | undefined;
  let cache: CacheService;
  let warn: jest.SpiedFunction<Logger['warn']>;
  let log: jest.SpiedFunction<Logger['log']>;

  beforeEach(() => {
    warn = jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
    log = jest.spyOn(Logger.prototype, 'log').mockReturnValue();
  });

  afterEach(async () => {
    await module?.close();
    module = undefined;
    await server?.kill();
    server = undefined;
    jest.restoreAllMocks();
  });

  async function startCache(url: string, variables: EnvironmentVariables = {}): Promise<void> {
    module = await Test.createTestingModule({
      imports: [AppConfigModule.forRoot(loadConfig({ REDIS_URL: url, ...variables })), CacheModule],
    }).compile();
    await module.init();
    cache = module.get(CacheService);
  }

  async function startServerAndCache(): Promise<RedisServer> {
    server = await RedisServer.start();
    await startCache(server.url);
    await expectWorking();
    warn.mockClear();
    log.mockClear();
    return server;
  }

  /** Waits until what is set is found again, as any caller would see it. */
  async function expectWorking(): Promise<void> {
    await eventually(async () => {
      await cache.setMany(NAMESPACE, [['alive', 'yes']], HOUR);
      expect(await cache.getMany(NAMESPACE, ['alive'])).toEqual(['yes']);
      expect(cache.state).toBe('up');
    });
  }

  /** Twenty reads one after the other, all misses, in the time that the policy allows and some for a busy machine. */
  async function expectQuickMisses(): Promise<void> {
    const times: number[] = [];
    for (let count = 0; count < 20; count += 1) {
      const { result, tookMs } = await timed(() => cache.getMany(NAMESPACE, ['alive', 'other']));
      expect(result).toEqual([undefined, undefined]);
      times.push(tookMs);
    }
    times.sort((a, b) => a - b);
    expect(times[times.length - 1]).toBeLessThanOrEqual(250);
    expect(times[times.length / 2]).toBeLessThanOrEqual(50);
  }

  async function expectOneComputationForAll(): Promise<void> {
    const compute = jest.fn(() => Promise.resolve('computed'));
    const callers = Array.from({ length: 100 }, () => cache.getOrCompute(NAMESPACE, 'single', HOUR, compute));
    expect(new Set(await Promise.all(callers))).toEqual(new Set(['computed']));
    expect(compute).toHaveBeenCalledTimes(1);
  }

  function expectOneOutageLogged(reason: RegExp): void {
    expect(cacheLines(warn)).toEqual([expect.stringMatching(reason)]);
    expect(cacheLines(log)).toEqual([expect.stringContaining('The cache is available again')]);
  }

  it('is shared by all who use the same server', async () => {
    const redis = await startServerAndCache();
    const config = loadConfig({ CACHE_TIMEOUT_MS: '5000' });
    const other = new CacheService(new RedisCacheStore(new Secret(redis.url)), config);

    await cache.setMany(NAMESPACE, [['shared', { by: 'one' }]], HOUR);

    expect(await other.getMany(NAMESPACE, ['shared'])).toEqual([{ by: 'one' }]);
    other.onApplicationShutdown();
  });

  it('starts without the server and uses it as soon as it is there', async () => {
    const port = await findFreePort();
    await startCache(redisUrl(port));

    await expectQuickMisses();
    await expectOneComputationForAll();
    expect(cache.state).toBe('down');

    server = await RedisServer.start(port);
    await expectWorking();
    expectOneOutageLogged(/The cache is not available/);
  });

  it('goes on while the server stalls, and uses it again afterwards', async () => {
    const redis = await startServerAndCache();

    redis.pause();
    await expectQuickMisses();
    await expectOneComputationForAll();
    await eventually(() => {
      expect(cache.state).toBe('degraded');
    });

    redis.resume();
    await expectWorking();
    expectOneOutageLogged(/no answer within 40 ms/);
  });

  it('costs those who come at the moment of the stall one time limit, however many they are', async () => {
    const redis = await startServerAndCache();

    const keys = Array.from({ length: 2048 }, (_, index) => `key ${index}`);

    redis.pause();
    const { result, tookMs } = await timed(() =>
      Promise.all(Array.from({ length: 50 }, () => cache.getMany(NAMESPACE, keys))),
    );

    expect(result.flat().every((value) => value === undefined)).toBe(true);
    expect(tookMs).toBeLessThanOrEqual(500);
  });

  it('goes on when the server is killed, and uses the next one', async () => {
    const redis = await startServerAndCache();

    await redis.kill();
    await expectQuickMisses();
    await expectOneComputationForAll();
    await eventually(() => {
      expect(cache.state).toBe('down');
    });

    server = await RedisServer.start(redis.port);
    await expectWorking();
    expectOneOutageLogged(/Redis|no answer/);
  });

  it('is degraded, not used, while the server takes no writes', async () => {
    server = await RedisServer.start(undefined, '--maxmemory', '1', '--maxmemory-policy', 'noeviction');
    await startCache(server.url, { CACHE_TIMEOUT_MS: '5000' });

    await eventually(() => {
      expect(cache.state).toBe('degraded');
    });
    await expectQuickMisses();
    await expectOneComputationForAll();

    expect(cacheLines(warn)).toEqual([expect.stringContaining('Redis failed (OOM)')]);
  });

  it('says that the password is wrong, and not what it is', async () => {
    server = await RedisServer.start(undefined, '--requirepass', 'right');
    await startCache(server.url.replace('redis://', 'redis://:wr0ng@'), { CACHE_TIMEOUT_MS: '5000' });

    await eventually(() => {
      expect(cacheLines(warn)).toHaveLength(1);
    });
    expect(cacheLines(warn)[0]).toContain('Redis is not connected (WRONGPASS)');
    expect(JSON.stringify([warn.mock.calls, log.mock.calls])).not.toContain('wr0ng');
    expect(cache.state).toBe('down');
  });

  it('shuts down at once while the server stalls', async () => {
    const redis = await startServerAndCache();
    redis.pause();
    const unfinished = cache.getMany(NAMESPACE, ['alive']);

    const { tookMs } = await timed(async () => module?.close());

    expect(tookMs).toBeLessThanOrEqual(250);
    await expect(unfinished).resolves.toEqual([undefined]);
  });

  describe('with a server that works', () => {
    let port: number;
    let contractServer: RedisServer;

    beforeAll(async () => {
      contractServer = await RedisServer.start();
      port = contractServer.port;
    });

    afterAll(async () => {
      await contractServer.kill();
    });

    describeCacheContract('Redis', () => {
      const config = loadConfig({ REDIS_URL: redisUrl(port), CACHE_TIMEOUT_MS: '5000' });
      return new CacheService(new RedisCacheStore(new Secret(redisUrl(port))), config);
    });
  });
});

/** The time that work takes, less the time by which a plain timer started with it is late, on a busy machine. */
async function timed<T>(work: () => Promise<T>): Promise<{ result: T; tookMs: number }> {
  const startedAt = performance.now();
  const elapsed = (): number => performance.now() - startedAt;
  const [lateMs, done] = await Promise.all([
    sleep(TIMER_MS).then(() => elapsed() - TIMER_MS),
    work().then((result) => ({ result, tookMs: elapsed() })),
  ]);
  return { ...done, tookMs: done.tookMs - lateMs };
}

/** The lines about the cache; Nest itself logs too. */
function cacheLines(spy: { readonly mock: { readonly calls: readonly (readonly unknown[])[] } }): string[] {
  return spy.mock.calls.map(([line]) => String(line)).filter((line) => line.startsWith('The cache'));
}

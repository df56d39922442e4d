import { Logger } from '@nestjs/common';
import { Secret } from '../../src/config/secret.js';
import { MemoryRateStore } from '../../src/core/limits/memory-rate-store.js';
import { RedisBudgetStore } from '../../src/core/limits/redis-budget-store.js';
import { RedisRateStore } from '../../src/core/limits/redis-rate-store.js';
import { SharedCounts } from '../../src/core/limits/shared-counts.js';
import { UnavailableError } from '../../src/common/errors/unavailable.error.js';
import { describeBudgetStore } from '../contracts/budget-store.contract.js';
import { describeRateStore } from '../contracts/rate-store.contract.js';
import { eventually } from '../support/eventually.js';
import { describeWithRedis, RedisServer } from '../support/redis-server.js';

const TIMEOUT_MS = 1000;
const POLICY = { burst: 3, intervalMs: 60_000 };

describeWithRedis()('limits in Redis', () => {
  let server: RedisServer;
  const connections: SharedCounts[] = [];

  beforeAll(async () => {
    Logger.overrideLogger(false);
    server = await RedisServer.start();
  });

  afterEach(() => {
    for (const connection of connections.splice(0)) connection.onApplicationShutdown();
  });

  afterAll(() => server.kill());

  function connect(timeoutMs = TIMEOUT_MS): SharedCounts {
    const shared = new SharedCounts(new Secret(server.url), timeoutMs);
    connections.push(shared);
    return shared;
  }

  const replica = (timeoutMs?: number) => new RedisRateStore(connect(timeoutMs), new MemoryRateStore());

  // The server outlives a test, and each test counts for callers of its own.
  describeRateStore(() => replica());
  describeBudgetStore(() => new RedisBudgetStore(connect()));

  it('refuse what has to be paid while Redis is stalled, and let it through afterwards', async () => {
    const store = new RedisBudgetStore(connect(50));
    const amount = { tokens: 1, microUsd: 1 };
    const reserve = () => store.reserve('stalled', amount, { tokens: 1000, microUsd: Infinity });
    expect(await reserve()).toBe(true);
    server.pause();
    try {
      await expect(reserve()).rejects.toThrow(UnavailableError);
      await expect(reserve()).rejects.toThrow('Redis is away');
      await store.correct('stalled', amount);
    } finally {
      server.resume();
    }
    await eventually(async () => {
      expect(await reserve()).toBe(true);
    });
  });

  it('are shared by replicas', async () => {
    const replicas = [replica(), replica()];
    const verdicts = await Promise.all(
      Array.from({ length: 20 }, (_, index) => replicas[index % 2]!.take('shared', POLICY)),
    );
    expect(verdicts.filter(({ isAllowed }) => isAllowed)).toHaveLength(POLICY.burst);
  });

  it('are counted by each replica alone while Redis is stalled, and together again afterwards', async () => {
    const one = replica(50);
    server.pause();
    try {
      const verdicts = [];
      for (let index = 0; index < 5; index += 1) verdicts.push(await one.take('stalled', POLICY));
      expect(verdicts.filter(({ isAllowed }) => isAllowed)).toHaveLength(POLICY.burst);
    } finally {
      server.resume();
    }
    const other = replica();
    await eventually(async () => {
      await one.take('together', { burst: 1_000_000, intervalMs: 60_000 });
      const { fullAfterMs } = await other.take('together', { burst: 1_000_000, intervalMs: 60_000 });
      expect(fullAfterMs).toBeGreaterThan(90_000);
    });
  });
});

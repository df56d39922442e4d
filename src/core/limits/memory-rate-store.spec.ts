import { describeRateStore } from '../../../test/contracts/rate-store.contract.js';
import { MemoryRateStore } from './memory-rate-store.js';

describe('MemoryRateStore', () => {
  describeRateStore(() => new MemoryRateStore());

  it('lets through what the rate allows, however long it goes on', async () => {
    let now = 0;
    const store = new MemoryRateStore(() => now);
    const policy = { burst: 5, intervalMs: 100 };
    let allowed = 0;
    for (; now < 60_000; now += 10) {
      if ((await store.take('greedy', policy)).isAllowed) allowed += 1;
    }
    expect(allowed).toBe(5 + 600 - 1);
  });

  it('says how long to wait, and is right', async () => {
    let now = 0;
    const store = new MemoryRateStore(() => now);
    const policy = { burst: 2, intervalMs: 1000 };
    await store.take('a', policy);
    await store.take('a', policy);
    const refused = await store.take('a', policy);
    expect(refused).toEqual({ isAllowed: false, waitMs: 1000, fullAfterMs: 2000 });
    now = 999;
    expect((await store.take('a', policy)).isAllowed).toBe(false);
    now = 1000;
    expect((await store.take('a', policy)).isAllowed).toBe(true);
  });
});

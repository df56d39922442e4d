import type { RateStore } from '../../src/core/limits/rate-store.js';

/** Long enough for nothing to come in during a test. */
const POLICY = { burst: 10, intervalMs: 60_000 };

/** What every place for callers' buckets must do. */
export function describeRateStore(create: () => RateStore): void {
  let store: RateStore;

  beforeEach(() => {
    store = create();
  });

  it('lets a burst through, whoever comes first, and no request more', async () => {
    const verdicts = await Promise.all(Array.from({ length: 40 }, () => store.take('burst', POLICY)));
    expect(verdicts.filter(({ isAllowed }) => isAllowed)).toHaveLength(POLICY.burst);
  });

  it('keeps callers apart', async () => {
    for (let index = 0; index < POLICY.burst; index += 1) await store.take('one', POLICY);
    expect((await store.take('one', POLICY)).isAllowed).toBe(false);
    expect((await store.take('another', POLICY)).isAllowed).toBe(true);
  });

  it('says how full the bucket is', async () => {
    const first = await store.take('told', POLICY);
    expect(first).toMatchObject({ isAllowed: true, waitMs: 0 });
    expect(Math.round(first.fullAfterMs / POLICY.intervalMs)).toBe(1);
    for (let index = 1; index < POLICY.burst; index += 1) await store.take('told', POLICY);
    const refused = await store.take('told', POLICY);
    expect(refused.waitMs).toBeGreaterThan(0);
    expect(refused.waitMs).toBeLessThanOrEqual(POLICY.intervalMs);
    expect(Math.round(refused.fullAfterMs / POLICY.intervalMs)).toBe(POLICY.burst);
  });
}

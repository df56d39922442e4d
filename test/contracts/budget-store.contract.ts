import type { BudgetStore } from '../../src/core/limits/budget-store.js';

const AMOUNT = { tokens: 100, microUsd: 7 };

/** What every place for callers' accounts must do. */
export function describeBudgetStore(create: () => BudgetStore): void {
  let store: BudgetStore;

  beforeEach(() => {
    store = create();
  });

  it('lets concurrent calls beyond a limit by no more than the last of them', async () => {
    const limit = { tokens: 450, microUsd: Infinity };
    const reserved = await Promise.all(
      Array.from({ length: 40 }, () => store.reserve('concurrent', AMOUNT, limit)),
    );
    expect(reserved.filter(Boolean)).toHaveLength(5);
  });

  it('counts money as well', async () => {
    const limit = { tokens: Infinity, microUsd: 14 };
    expect(await store.reserve('money', AMOUNT, limit)).toBe(true);
    expect(await store.reserve('money', AMOUNT, limit)).toBe(true);
    expect(await store.reserve('money', AMOUNT, limit)).toBe(false);
  });

  it('takes back what was reserved and not used, and keeps accounts apart', async () => {
    const limit = { tokens: 100, microUsd: Infinity };
    expect(await store.reserve('account', AMOUNT, limit)).toBe(true);
    expect(await store.reserve('account', AMOUNT, limit)).toBe(false);
    expect(await store.reserve('another', AMOUNT, limit)).toBe(true);
    await store.correct('account', { tokens: -1, microUsd: 0 });
    expect(await store.reserve('account', AMOUNT, limit)).toBe(true);
  });
}

import { BudgetStore, type Spending } from './budget-store.js';

/** Accounts of a day and the one before; nobody makes keys as they like. */
const MAX_ACCOUNTS = 10_000;
const NOTHING: Spending = { tokens: 0, microUsd: 0 };

/** Accounts of this process, which begin anew when it does. */
export class MemoryBudgetStore extends BudgetStore {
  private readonly spent = new Map<string, Spending>();

  override reserve(account: string, amount: Spending, limit: Spending): Promise<boolean> {
    const { tokens, microUsd } = this.spent.get(account) ?? NOTHING;
    if (tokens >= limit.tokens || microUsd >= limit.microUsd) return Promise.resolve(false);
    this.add(account, amount);
    return Promise.resolve(true);
  }

  override correct(account: string, difference: Spending): Promise<void> {
    this.add(account, difference);
    return Promise.resolve();
  }

  private add(account: string, { tokens, microUsd }: Spending): void {
    const before = this.spent.get(account) ?? NOTHING;
    this.spent.delete(account);
    this.spent.set(account, { tokens: before.tokens + tokens, microUsd: before.microUsd + microUsd });
    const [oldest] = this.spent.keys();
    if (this.spent.size > MAX_ACCOUNTS && oldest !== undefined) this.spent.delete(oldest);
  }
}

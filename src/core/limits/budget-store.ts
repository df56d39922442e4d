/** What calls of models use, or are thought to use. */
export interface Spending {
  readonly tokens: number;
  /** In millionths of a US dollar, so that sums are exact. */
  readonly microUsd: number;
}

/** Keeps what each caller has spent in a day, reservations included. */
export abstract class BudgetStore {
  /**
   * Adds to what is spent, unless a limit is reached already. Atomic, so that of concurrent calls only the last that
   * is let through can go beyond the limit.
   * @param account of one caller and one day
   * @returns whether it was added
   * @throws UnavailableError where that can't be told
   */
  abstract reserve(account: string, amount: Spending, limit: Spending): Promise<boolean>;

  /** Adds to what is spent, or takes away; what can't be noted is left as it was. Never rejects. */
  abstract correct(account: string, difference: Spending): Promise<void>;
}

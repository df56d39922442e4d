import { Injectable } from '@nestjs/common';
import { RateLimitedError } from '../../common/errors/rate-limited.error.js';
import { AppConfig } from '../../config/app-config.js';
import type { BudgetPolicy } from '../../config/settings/limits.settings.js';
import { BudgetStore, type Spending } from './budget-store.js';
import { currentCallerKey } from './caller-key.js';

/** Without keys there is one budget for all: one for each address would be no limit on what a day costs. */
const EVERYBODY = 'everybody';
const MICRO = 1_000_000;
const MS_PER_DAY = 24 * 3_600_000;

/** Tokens, and US dollars where the price is known. */
export interface ModelUse {
  readonly tokens: number;
  readonly costUsd: number | null;
}

/** Part of a budget that is kept for a call. */
export interface Reservation {
  /** Puts what was used in its place; without it, what was reserved counts as used. Never rejects. */
  settle(use: ModelUse): Promise<void>;
}

const NO_RESERVATION: Reservation = { settle: () => Promise.resolve() };

/** What callers may use of paid models in a day. Jobs count for whoever made them. */
@Injectable()
export class Budgets {
  constructor(
    private readonly config: AppConfig,
    private readonly store: BudgetStore,
  ) {}

  /**
   * Reserves for a call what it is going to use at most, as far as that can be told.
   * @throws RateLimitedError when the budget of the day is spent
   * @throws UnavailableError when that can't be told
   */
  async reserve(use: ModelUse): Promise<Reservation> {
    const policy = this.config.limits.budget;
    if (policy === null) return NO_RESERVATION;
    const now = Date.now();
    const day = new Date(now).toISOString().slice(0, 10);
    const account = `${currentCallerKey() ?? EVERYBODY}:${day}`;
    const reserved = toSpending(use);
    if (!(await this.store.reserve(account, reserved, limitOf(policy)))) throw spent(now);
    return {
      settle: (actual) => this.store.correct(account, difference(toSpending(actual), reserved)),
    };
  }
}

function toSpending({ tokens, costUsd }: ModelUse): Spending {
  return { tokens: Math.ceil(tokens), microUsd: Math.ceil((costUsd ?? 0) * MICRO) };
}

function difference(actual: Spending, reserved: Spending): Spending {
  return { tokens: actual.tokens - reserved.tokens, microUsd: actual.microUsd - reserved.microUsd };
}

function limitOf({ tokens, costUsd }: BudgetPolicy): Spending {
  return { tokens, microUsd: costUsd * MICRO };
}

function spent(now: number): RateLimitedError {
  return new RateLimitedError(
    'The budget for models is spent (BUDGET_TOKENS_PER_DAY, BUDGET_CENTS_PER_DAY); it begins anew at 00:00 UTC.',
    { retryAfterSeconds: (MS_PER_DAY - (now % MS_PER_DAY)) / 1000 },
  );
}

import { IntegerSetting } from '../setting.decorators.js';

const SECONDS_PER_MINUTE = 60;
const MS_PER_SECOND = 1000;
/** Of the requests of a minute, how many may come at once unless a setting says otherwise. */
const DEFAULT_BURST_SHARE = 6;

/** How much of the service each caller and all callers together may take. */
export class LimitSettings {
  @IntegerSetting({
    group: 'Limits',
    min: 1,
    max: 10_000_000,
    unit: 'requests',
    fallback: 'no limit',
    description:
      'Requests a minute for each key or token, or for each client address where nobody needs one; a further one is ' +
      'answered with 429. Replicas count together where `REDIS_URL` is set.',
  })
  RATE_LIMIT_PER_MINUTE?: number;

  @IntegerSetting({
    group: 'Limits',
    min: 1,
    max: 10_000_000,
    unit: 'requests',
    fallback: 'a sixth of RATE_LIMIT_PER_MINUTE',
    description: 'How many requests of a caller that has been quiet may come at once.',
  })
  RATE_LIMIT_BURST?: number;

  @IntegerSetting({
    group: 'Limits',
    min: 1,
    max: 1_000_000_000_000,
    unit: 'tokens',
    fallback: 'no limit',
    description:
      'Tokens of paid models that each key or token may use in a day (UTC), or all callers together where nobody ' +
      'needs one; then calls of models are answered with 429, and with 503 while `REDIS_URL` is set and Redis is away.',
  })
  BUDGET_TOKENS_PER_DAY?: number;

  @IntegerSetting({
    group: 'Limits',
    min: 1,
    max: 1_000_000_000,
    unit: 'US cents',
    fallback: 'no limit',
    description: 'The same for what they cost. Calls at an unknown price count for nothing here.',
  })
  BUDGET_CENTS_PER_DAY?: number;

  @IntegerSetting({
    group: 'Limits',
    default: 500,
    min: 0,
    max: 100_000,
    unit: 'requests',
    description:
      'Requests that are answered at the same time; further ones are answered with 503 at once. 0 for no limit.',
  })
  MAX_REQUESTS_IN_FLIGHT = 500;

  @IntegerSetting({
    group: 'Limits',
    default: 100,
    min: 0,
    max: 60_000,
    unit: 'ms',
    description:
      'How late the event loop may be before requests are answered with 503, so that those in flight are not late ' +
      'as well. 0 for no limit.',
  })
  MAX_EVENT_LOOP_LAG_MS = 100;

  @IntegerSetting({
    group: 'Limits',
    default: 50,
    min: 0,
    max: 60_000,
    unit: 'ms',
    description:
      'How long requests may wait for a connection to the database, when a crowd of them does, before further ones that ' +
      'need it are answered with 503; while many more keep coming, so are those who have waited for two fifths of it. ' +
      '0 for no limit.',
  })
  MAX_DATABASE_WAIT_MS = 50;
}

/** A bucket of requests that fills steadily. */
export interface RatePolicy {
  /** Requests that a full bucket holds. */
  readonly burst: number;
  /** Time in which one more comes in. */
  readonly intervalMs: number;
}

/** What a caller may use of paid models in a day. */
export interface BudgetPolicy {
  /** Infinity for no limit. */
  readonly tokens: number;
  /** US dollars; Infinity for no limit. */
  readonly costUsd: number;
}

export interface LimitsConfig {
  /** Null where callers may use what they like. */
  readonly budget: BudgetPolicy | null;
  /** Null where callers may send what they like. */
  readonly rate: RatePolicy | null;
  /** 0 for no limit. */
  readonly maxRequestsInFlight: number;
  /** 0 for no limit. */
  readonly maxEventLoopLagMs: number;
  /** 0 for no limit. */
  readonly maxDatabaseWaitMs: number;
}

export function limitsConfig(settings: LimitSettings): LimitsConfig {
  return {
    budget: budgetPolicy(settings),
    rate: ratePolicy(settings),
    maxRequestsInFlight: settings.MAX_REQUESTS_IN_FLIGHT,
    maxEventLoopLagMs: settings.MAX_EVENT_LOOP_LAG_MS,
    maxDatabaseWaitMs: settings.MAX_DATABASE_WAIT_MS,
  };
}

function budgetPolicy({ BUDGET_TOKENS_PER_DAY: tokens, BUDGET_CENTS_PER_DAY: cents }: LimitSettings) {
  if (tokens === undefined && cents === undefined) return null;
  return { tokens: tokens ?? Infinity, costUsd: cents === undefined ? Infinity : cents / 100 };
}

function ratePolicy({ RATE_LIMIT_PER_MINUTE: rate, RATE_LIMIT_BURST: burst }: LimitSettings) {
  if (rate === undefined) return null;
  return {
    burst: burst ?? Math.ceil(rate / DEFAULT_BURST_SHARE),
    intervalMs: (SECONDS_PER_MINUTE * MS_PER_SECOND) / rate,
  };
}

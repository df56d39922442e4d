import { sleep } from './sleep.js';

export interface RetryPolicy {
  /** Attempts after the first. */
  readonly maxRetries: number;
  /** Longest wait before the first retry; it doubles with each further one, up to `maxDelayMs`. */
  readonly baseDelayMs: number;
  readonly maxDelayMs: number;
  /** What asks for a longer wait than this is not tried again. */
  readonly maxRetryAfterMs: number;
  /** Time since the first attempt began after which no further one is begun. */
  readonly budgetMs: number;
}

/** That an error is worth another attempt, and when. */
export interface RetryAdvice {
  /** What the other side asks to wait at least; null where it doesn't say. */
  readonly retryAfterMs: number | null;
}

/** Where time and chance come from. */
export interface RetryEnvironment {
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  /** From 0 to just under 1. */
  readonly random: () => number;
  /** A clock that only goes forward, in milliseconds. */
  readonly now: () => number;
}

export interface RetryOptions {
  readonly policy: RetryPolicy;
  /** Null for errors that are not worth another attempt. */
  readonly adviceOn: (error: unknown) => RetryAdvice | null;
  readonly signal?: AbortSignal | undefined;
  readonly environment?: RetryEnvironment | undefined;
}

const REAL_ENVIRONMENT: RetryEnvironment = {
  sleep,
  random: () => Math.random(),
  now: () => performance.now(),
};

/**
 * Tries again after errors that may pass, with exponential backoff and full jitter.
 * @throws the error of the last attempt as it was, or the signal's reason when it fires between attempts
 */
export async function retry<T>(attempt: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { policy, adviceOn, signal, environment = REAL_ENVIRONMENT } = options;
  const startedAt = environment.now();
  for (let retries = 0; ; retries += 1) {
    try {
      return await attempt();
    } catch (error) {
      const advice = signal?.aborted || retries >= policy.maxRetries ? null : adviceOn(error);
      const delay = advice && delayBefore(retries, advice, policy, environment.random());
      if (delay === null || environment.now() - startedAt + delay >= policy.budgetMs) throw error;
      await environment.sleep(delay, signal);
    }
  }
}

function delayBefore(
  retries: number,
  advice: RetryAdvice,
  policy: RetryPolicy,
  random: number,
): number | null {
  const ceiling = Math.min(policy.maxDelayMs, policy.baseDelayMs * 2 ** retries);
  if (advice.retryAfterMs === null) return random * ceiling;
  if (advice.retryAfterMs > policy.maxRetryAfterMs) return null;
  // Many wait for the same moment: without jitter they would all come back at once.
  return advice.retryAfterMs + random * policy.baseDelayMs;
}

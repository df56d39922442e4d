import type { ChatProvider } from '../chat-catalog.js';
import { ProviderFailure, providerFailureOf, type ProviderFailureKind } from '../provider-failure.js';
import { failedCall } from '../providers/provider-errors.js';

export interface CircuitBreakerOptions {
  readonly provider: ChatProvider;
  /** So many failures in a row open it. */
  readonly failures: number;
  /** For so long it lets nobody through. */
  readonly openMs: number;
  /** A clock that only goes forward, in milliseconds. */
  readonly now?: () => number;
}

/** How a call goes. Errors that are not the provider's, such as the caller's own abort, say nothing. */
export interface BreakerAttempt {
  /** The provider has begun to answer, so that others may be let through again. */
  answer(): void;
  succeed(): void;
  fail(error: unknown): void;
  /** To be called once, whatever became of the call. */
  end(): void;
}

/** Failures that say that the provider is not there. The others are answers, so it is. */
const TELLING: ReadonlySet<ProviderFailureKind> = new Set([
  'outage',
  'unreachable',
  'interrupted',
  'timeout',
]);

/**
 * Leaves a provider alone after several failures in a row, so that nobody waits for it in vain. After a while a
 * single call is let through: it closes the breaker, or opens it for as long again.
 */
export class CircuitBreaker {
  private failuresInARow = 0;
  /** Null while it is closed. */
  private openUntil: number | null = null;
  private isTrialUnderWay = false;
  private lastError: unknown;
  private readonly now: () => number;

  constructor(private readonly options: CircuitBreakerOptions) {
    this.now = options.now ?? (() => performance.now());
  }

  /** @throws UnavailableError at once while it is open; otherwise what `call` throws */
  async run<T>(call: () => Promise<T>): Promise<T> {
    const attempt = this.begin();
    try {
      const result = await call();
      attempt.succeed();
      return result;
    } catch (error) {
      attempt.fail(error);
      throw error;
    } finally {
      attempt.end();
    }
  }

  /** `half-open`: the time is up, and the next call finds out. */
  get state(): 'closed' | 'half-open' | 'open' {
    if (this.openUntil === null) return 'closed';
    return this.openUntil > this.now() ? 'open' : 'half-open';
  }

  /**
   * The same for calls that are no single promise.
   * @throws UnavailableError at once while it is open
   */
  begin(): BreakerAttempt {
    const isTrial = this.letThrough();
    const end = (): void => {
      if (isTrial) this.isTrialUnderWay = false;
    };
    return {
      answer: () => {
        if (!isTrial) return;
        this.openUntil = null;
        end();
      },
      succeed: () => {
        this.close();
      },
      fail: (error) => {
        this.noteFailure(error);
      },
      end,
    };
  }

  private noteFailure(error: unknown): void {
    const failure = providerFailureOf(error);
    if (!failure) return;
    if (!TELLING.has(failure.kind)) {
      this.close();
      return;
    }
    this.failuresInARow += 1;
    this.lastError = error;
    const wasOpen = this.openUntil !== null;
    if (wasOpen || this.failuresInARow >= this.options.failures) {
      this.openUntil = this.now() + this.options.openMs;
    }
  }

  /** @returns whether the call is the one that finds out how the provider is */
  private letThrough(): boolean {
    if (this.openUntil === null) return false;
    const waitMs = this.openUntil - this.now();
    if (waitMs > 0 || this.isTrialUnderWay) throw this.suspended(Math.max(waitMs, 0));
    this.isTrialUnderWay = true;
    return true;
  }

  private close(): void {
    this.failuresInARow = 0;
    this.openUntil = null;
    this.lastError = undefined;
  }

  private suspended(retryAfterMs: number) {
    const { provider } = this.options;
    const failure = new ProviderFailure('suspended', { provider, retryAfterMs, cause: this.lastError });
    return failedCall(failure, { provider, model: '', modelSetting: 'DEFAULT_LLM_MODEL' });
  }
}

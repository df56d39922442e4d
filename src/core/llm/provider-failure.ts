import { AppError } from '../../common/errors/app-error.js';
import type { ChatUsage } from './chat-model.js';

/** What can go wrong with a call to a model provider, and whether the same call may work a little later. */
const RETRYABLE = {
  /** It refuses what it was sent, which may be the fault of a single text among others. */
  'input-refused': false,
  /** It refuses the request for another reason. */
  refused: false,
  credentials: false,
  'unknown-model': false,
  /** Nothing is left to spend. */
  quota: false,
  'rate-limit': true,
  /** It says that it is overloaded or broken. */
  outage: true,
  /** No connection could be made, or it failed before the answer. */
  unreachable: true,
  /** The connection failed, or its answer ended, before all of it was there. */
  interrupted: true,
  timeout: true,
  /** It failed so often in a row that it is left alone for a while. */
  suspended: false,
  /** Too many calls to it are waiting for their turn already. */
  crowded: false,
  /** It answered with what makes no sense. The answer has been paid for, and another is hardly better. */
  nonsense: false,
} as const satisfies Record<string, boolean>;

export type ProviderFailureKind = keyof typeof RETRYABLE;

export interface ProviderFailureDetails {
  readonly provider: string;
  /** HTTP status of the answer; null where there was none. */
  readonly status?: number | null;
  /** How long the provider asks to wait; null where it doesn't say. */
  readonly retryAfterMs?: number | null;
  /** What the call used all the same; null where that is not known. */
  readonly usage?: ChatUsage | null;
  /** What led to it. */
  readonly cause?: unknown;
}

/**
 * The technical side of a failed provider call: adapters decide on it once and attach it, as the `cause`, to the
 * error that clients see; whatever retries, falls back or breaks circuits goes by it. It holds nothing that was sent
 * or answered, so it is safe to log.
 */
export class ProviderFailure extends Error {
  override readonly name = 'ProviderFailure';
  readonly provider: string;
  readonly status: number | null;
  readonly retryAfterMs: number | null;
  readonly usage: ChatUsage | null;

  constructor(
    readonly kind: ProviderFailureKind,
    { provider, status = null, retryAfterMs = null, usage = null, cause }: ProviderFailureDetails,
  ) {
    super(
      `${provider}: ${kind}${status === null ? '' : ` (${status})`}`,
      cause === undefined ? undefined : { cause },
    );
    this.provider = provider;
    this.status = status;
    this.retryAfterMs = retryAfterMs;
    this.usage = usage;
  }

  get isRetryable(): boolean {
    return RETRYABLE[this.kind];
  }
}

/** The provider's failure behind an error; null for errors that no provider caused. */
export function providerFailureOf(error: unknown): ProviderFailure | null {
  return error instanceof AppError && error.cause instanceof ProviderFailure ? error.cause : null;
}

/** Whether a single text may be to blame, so that the others would do better in a call of their own. */
export function isInputRefused(error: unknown): boolean {
  return providerFailureOf(error)?.kind === 'input-refused';
}

import { TimeLimit } from '../../../common/async/time-limit.js';
import { ProviderFailure } from '../provider-failure.js';
import { type FailedCall, failedCall } from './provider-errors.js';

export interface ProviderCallOptions {
  readonly call: FailedCall;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** What the provider's SDK throws, as an error that clients may see; what it doesn't know, as it is. */
  readonly translate: (error: unknown) => unknown;
}

/**
 * Runs one call, from connecting to the last byte of the answer, under a time limit: the SDKs' own end with the
 * headers.
 * @throws the reason of `signal` when that fires; otherwise as the adapters do
 */
export async function callProvider<T>(
  { call, timeoutMs, signal, translate }: ProviderCallOptions,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const limit = new TimeLimit(timeoutMs, signal);
  try {
    return await work(limit.signal);
  } catch (error) {
    signal?.throwIfAborted();
    throw limit.isExceeded ? timedOut(call) : translate(error);
  } finally {
    limit.clear();
  }
}

/**
 * Runs one call whose answer comes bit by bit. The limit is on the wait for the first bit, and for each after it:
 * a provider that writes is never cut off, one that has stalled is.
 * @throws as `callProvider`, at any time
 */
export async function* streamFromProvider<T>(
  { call, timeoutMs, signal, translate }: ProviderCallOptions,
  work: (signal: AbortSignal) => AsyncIterable<T>,
): AsyncGenerator<T, void, undefined> {
  signal?.throwIfAborted();
  const limit = new TimeLimit(timeoutMs, signal);
  try {
    for await (const item of work(limit.signal)) {
      limit.pause();
      yield item;
      limit.resume();
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw limit.isExceeded ? timedOut(call) : translate(error);
  } finally {
    limit.clear();
  }
}

function timedOut(call: FailedCall) {
  return failedCall(new ProviderFailure('timeout', { provider: call.provider }), call);
}

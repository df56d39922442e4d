import { Agent } from 'undici';
import { Semaphore } from '../../../common/async/semaphore.js';
import type { ProviderConfig } from '../../../config/settings/provider.settings.js';
import type { ChatProvider } from '../chat-catalog.js';
import { ProviderFailure } from '../provider-failure.js';
import { failedCall } from './provider-errors.js';

const MEBIBYTE = 1024 * 1024;
/** Twice what 2,048 vectors of 3,072 dimensions take as text. */
const MAX_ANSWER_BYTES = 256 * MEBIBYTE;
const IDLE_CONNECTION_MS = 30_000;
const MAX_WAITING_CALLS = 1000;

/**
 * Keep-alive connections to one provider, as many as calls run under its limit: more would only be left over from calls
 * that were given up. Time limits are set around whole calls, so the pool has none of its own.
 */
export function connectionPool({ timeoutMs, maxConcurrency }: ProviderConfig): Agent {
  return new Agent({
    connections: maxConcurrency,
    keepAliveTimeout: IDLE_CONNECTION_MS,
    maxResponseSize: MAX_ANSWER_BYTES,
    headersTimeout: 0,
    bodyTimeout: 0,
    connectTimeout: timeoutMs,
  });
}

/** What runs under it counts against `PROVIDER_MAX_CONCURRENCY`. */
export function callLimit(provider: ChatProvider, { maxConcurrency }: ProviderConfig): Semaphore {
  return new Semaphore({
    permits: maxConcurrency,
    maxWaiting: MAX_WAITING_CALLS,
    onOverflow: () =>
      failedCall(new ProviderFailure('crowded', { provider }), {
        provider,
        model: '',
        modelSetting: 'DEFAULT_LLM_MODEL',
      }),
  });
}

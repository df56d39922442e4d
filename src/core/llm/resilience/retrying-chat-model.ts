import {
  retry,
  type RetryAdvice,
  type RetryEnvironment,
  type RetryPolicy,
} from '../../../common/async/retry.js';
import type { ChatModel, ChatRequest } from '../chat-model.js';
import { providerFailureOf } from '../provider-failure.js';
import { ChatModelWrapper } from './chat-model-wrapper.js';

/** Tries a call again after failures that may pass, and a stream only as long as nothing of it has come. */
export class RetryingChatModel extends ChatModelWrapper {
  constructor(
    inner: ChatModel,
    private readonly policy: RetryPolicy,
    private readonly environment?: RetryEnvironment,
  ) {
    super(inner);
  }

  protected around<T>({ signal }: ChatRequest, call: () => Promise<T>): Promise<T> {
    return retry(call, {
      policy: this.policy,
      adviceOn: retryAdvice,
      signal,
      environment: this.environment,
    });
  }
}

/** An answer that took too long once would take too long again. */
function retryAdvice(error: unknown): RetryAdvice | null {
  const failure = providerFailureOf(error);
  return failure?.isRetryable && failure.kind !== 'timeout' ? { retryAfterMs: failure.retryAfterMs } : null;
}

import {
  retry,
  type RetryAdvice,
  type RetryEnvironment,
  type RetryPolicy,
} from '../../../common/async/retry.js';
import {
  type EmbeddedText,
  EmbeddingModel,
  type EmbeddingModelDescriptor,
  type EmbeddingRequest,
} from '../embedding-model.js';
import { providerFailureOf } from '../provider-failure.js';

/** Tries a call again after failures that the provider's adapter calls retryable. */
export class RetryingEmbeddingModel extends EmbeddingModel {
  constructor(
    private readonly inner: EmbeddingModel,
    private readonly policy: RetryPolicy,
    private readonly environment?: RetryEnvironment,
  ) {
    super();
  }

  get descriptor(): EmbeddingModelDescriptor {
    return this.inner.descriptor;
  }

  embed(request: EmbeddingRequest): Promise<EmbeddedText[]> {
    return retry(() => this.inner.embed(request), {
      policy: this.policy,
      adviceOn: retryAdvice,
      signal: request.signal,
      environment: this.environment,
    });
  }
}

/** What the adapter's verdict on a failed call means for trying again. */
function retryAdvice(error: unknown): RetryAdvice | null {
  const failure = providerFailureOf(error);
  return failure?.isRetryable ? { retryAfterMs: failure.retryAfterMs } : null;
}

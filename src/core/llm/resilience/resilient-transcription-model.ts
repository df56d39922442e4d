import { retry, type RetryEnvironment, type RetryPolicy } from '../../../common/async/retry.js';
import type { Semaphore } from '../../../common/async/semaphore.js';
import { providerFailureOf } from '../provider-failure.js';
import type { ProviderStates } from '../provider-states.js';
import {
  type Transcription,
  TranscriptionModel,
  type TranscriptionModelDescriptor,
  type TranscriptionRequest,
} from '../transcription-model.js';

export interface TranscriptionResilience {
  /** How many calls the provider gets at the same time. */
  readonly limit: Semaphore;
  readonly policy: RetryPolicy;
  readonly states: ProviderStates;
  readonly environment?: RetryEnvironment | undefined;
}

/** Calls the inner model while its provider has room, notes how that ended, and tries again what may pass. */
export class ResilientTranscriptionModel extends TranscriptionModel {
  constructor(
    private readonly inner: TranscriptionModel,
    private readonly options: TranscriptionResilience,
  ) {
    super();
  }

  get descriptor(): TranscriptionModelDescriptor {
    return this.inner.descriptor;
  }

  transcribe(request: TranscriptionRequest): Promise<Transcription> {
    const { limit, policy, environment } = this.options;
    return retry(() => limit.run(() => this.observed(request), request.signal), {
      policy,
      adviceOn: (error) => {
        const failure = providerFailureOf(error);
        return failure?.isRetryable ? { retryAfterMs: failure.retryAfterMs } : null;
      },
      signal: request.signal,
      environment,
    });
  }

  private async observed(request: TranscriptionRequest): Promise<Transcription> {
    const { provider } = this.descriptor;
    try {
      const result = await this.inner.transcribe(request);
      this.options.states.noteSuccess(provider);
      return result;
    } catch (error) {
      this.options.states.noteFailure(provider, error);
      throw error;
    }
  }
}

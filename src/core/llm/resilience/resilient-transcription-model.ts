import { retry, type RetryEnvironment, type RetryPolicy } from '../../../common/async/retry.js';
import type { Semaphore } from '../../../common/async/semaphore.js';
import type { ChatUsage } from '../chat-model.js';
import type { ProviderCalls } from '../provider-calls.js';
import { providerFailureOf } from '../provider-failure.js';
import { assumedBilledSeconds, transcriptionCost } from '../transcription-cost.js';
import {
  type Transcription,
  TranscriptionModel,
  type TranscriptionModelDescriptor,
  type TranscriptionRequest,
} from '../transcription-model.js';

const CAPABILITY = 'transcription';

export interface TranscriptionResilience {
  /** How many calls the provider gets at the same time. */
  readonly limit: Semaphore;
  readonly policy: RetryPolicy;
  readonly calls: ProviderCalls;
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

  private observed(request: TranscriptionRequest): Promise<Transcription> {
    const { provider, id } = this.descriptor;
    return this.options.calls.run(
      { operation: 'transcription', capability: CAPABILITY, provider, model: id },
      () => this.inner.transcribe(request),
      (transcription) => this.usageOf(request, transcription),
    );
  }

  private usageOf({ seconds }: TranscriptionRequest, transcription: Transcription): ChatUsage {
    const { promptTokens, completionTokens, billedSeconds } = transcription;
    const billed = billedSeconds ?? assumedBilledSeconds(seconds);
    return { promptTokens, completionTokens, costUsd: transcriptionCost(this.descriptor, billed) };
  }
}

import { AsyncResource } from 'node:async_hooks';
import type { RetryPolicy } from '../../common/async/retry.js';
import { NotConfiguredError } from '../../common/errors/not-configured.error.js';
import type { AppConfig } from '../../config/app-config.js';
import { BudgetedEmbeddingModel } from './budgeted-embedding-model.js';
import { CachedEmbeddingModel } from './cached-embedding-model.js';
import { EmbeddingCache, type EmbeddingCacheStore } from './embedding-cache.js';
import { OPENAI_CALL_LIMITS } from './embedding-catalog.js';
import type { EmbeddingModelDefinition } from './embedding-model-definition.js';
import type { EmbeddingModel } from './embedding-model.js';
import { GatheringEmbeddingModel } from './gathering-embedding-model.js';
import { LengthCheckedEmbeddingModel } from './length-checked-embedding-model.js';
import { LexicalEmbeddingModel } from './providers/local/lexical-embedding-model.js';
import type { OpenAiClient } from './providers/openai/openai-client.js';
import { OpenAiEmbeddingModel } from './providers/openai/openai-embedding-model.js';
import { ObservedEmbeddingModel } from './observed-embedding-model.js';
import type { ProviderCalls } from './provider-calls.js';
import { BreakingEmbeddingModel } from './resilience/breaking-embedding-model.js';
import type { CircuitBreakers } from './resilience/circuit-breakers.js';
import { LimitedEmbeddingModel } from './resilience/limited-embedding-model.js';
import { RetryingEmbeddingModel } from './resilience/retrying-embedding-model.js';
import { SplittingEmbeddingModel } from './splitting-embedding-model.js';
import { CL100K_TOKENS } from './tokens/cl100k-tokens.js';
import { TokenCounter } from './tokens/token-counter.js';
import { WORD_UNIT } from './tokens/words.js';

const MILLISECONDS = 1000;

export interface EmbeddingPipelineOptions {
  readonly config: AppConfig;
  readonly cache: EmbeddingCacheStore;
  readonly openai: OpenAiClient;
  readonly calls: ProviderCalls;
  readonly breakers: CircuitBreakers;
}

/** Puts models together: an adapter, and around it what every model of its kind needs. */
export class EmbeddingPipelines {
  private readonly outsideRequests = new AsyncResource('EmbeddingPipelines');
  private readonly openAiTokens = new TokenCounter(CL100K_TOKENS);
  private readonly words = new TokenCounter(WORD_UNIT);

  constructor(private readonly options: EmbeddingPipelineOptions) {}

  /** @throws NotConfiguredError where the model's provider is not configured */
  make(definition: EmbeddingModelDefinition): EmbeddingModel {
    switch (definition.provider) {
      case 'local':
        return this.checkedAndCached(new LexicalEmbeddingModel(definition.descriptor), this.words);
      case 'openai':
        return this.checkedAndCached(this.gathered(this.openAi(definition)), this.openAiTokens);
    }
  }

  /** The local model is cached as well: finding a vector takes a tenth of the time of making it. */
  private checkedAndCached(model: EmbeddingModel, counter: TokenCounter): EmbeddingModel {
    const cache = new EmbeddingCache({
      store: this.options.cache,
      modelId: model.descriptor.id,
      ttlMs: this.options.config.embedding.cacheTtlSeconds * MILLISECONDS,
    });
    return new LengthCheckedEmbeddingModel(new CachedEmbeddingModel(model, cache), counter);
  }

  private gathered(model: EmbeddingModel): EmbeddingModel {
    const { config, openai, calls, breakers } = this.options;
    const observed = new ObservedEmbeddingModel(model, calls);
    const limited = new LimitedEmbeddingModel(observed, openai.callLimit);
    const breaking = new BreakingEmbeddingModel(limited, breakers.of('openai'));
    const retrying = new RetryingEmbeddingModel(breaking, retryPolicy(config));
    const splitting = new SplittingEmbeddingModel(retrying, OPENAI_CALL_LIMITS, this.openAiTokens);
    const gathering = new GatheringEmbeddingModel(splitting, {
      windowMs: config.embedding.gatherWindowMs,
      maxInputs: OPENAI_CALL_LIMITS.maxInputs,
      outsideRequests: this.outsideRequests,
    });
    return new BudgetedEmbeddingModel(gathering, calls.budgets);
  }

  private openAi(definition: EmbeddingModelDefinition): EmbeddingModel {
    const { config, openai } = this.options;
    if (!openai.sdk) {
      throw new NotConfiguredError(
        `Set OPENAI_API_KEY or OPENAI_BASE_URL to use ${definition.descriptor.id}.`,
      );
    }
    return new OpenAiEmbeddingModel({
      ...definition,
      sdk: openai.sdk,
      timeoutMs: config.provider.timeoutMs,
      counter: this.openAiTokens,
    });
  }
}

function retryPolicy({ provider }: AppConfig): RetryPolicy {
  return {
    maxRetries: provider.maxRetries,
    baseDelayMs: 250,
    maxDelayMs: 8000,
    maxRetryAfterMs: 20_000,
    // So that a call that timed out may be tried once more.
    budgetMs: 2 * provider.timeoutMs,
  };
}

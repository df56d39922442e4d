import type { RetryPolicy } from '../../common/async/retry.js';
import { NotConfiguredError } from '../../common/errors/not-configured.error.js';
import type { AppConfig } from '../../config/app-config.js';
import type { ChatModelDefinition } from './chat-model-definition.js';
import type { ChatModel } from './chat-model.js';
import { PROVIDER_SETTINGS } from './default-chat-model.js';
import { ObservedChatModel } from './observed-chat-model.js';
import type { ProviderCalls } from './provider-calls.js';
import { AnthropicChatModel } from './providers/anthropic/anthropic-chat-model.js';
import type { ProviderClients } from './providers/provider-clients.js';
import { OpenAiChatModel } from './providers/openai/openai-chat-model.js';
import { BreakingChatModel } from './resilience/breaking-chat-model.js';
import type { CircuitBreakers } from './resilience/circuit-breakers.js';
import { LimitedChatModel } from './resilience/limited-chat-model.js';
import { RetryingChatModel } from './resilience/retrying-chat-model.js';
import { BudgetedChatModel } from './budgeted-chat-model.js';
import { CL100K_TOKENS } from './tokens/cl100k-tokens.js';
import { TokenCounter } from './tokens/token-counter.js';

export interface ChatPipelineOptions {
  readonly config: AppConfig;
  readonly clients: ProviderClients;
  readonly calls: ProviderCalls;
  readonly breakers: CircuitBreakers;
}

/** Puts models together: an adapter, and around it what every model of a provider needs. */
export class ChatPipelines {
  private readonly counter = new TokenCounter(CL100K_TOKENS);

  constructor(private readonly options: ChatPipelineOptions) {}

  /** @throws NotConfiguredError where the model's provider is not configured */
  make(definition: ChatModelDefinition): ChatModel {
    const { config, clients, calls, breakers } = this.options;
    const { provider } = definition;
    const observed = new ObservedChatModel(this.adapter(definition), calls);
    const limited = new LimitedChatModel(observed, clients[provider].callLimit);
    const breaking = new BreakingChatModel(limited, breakers.of(provider));
    return new BudgetedChatModel(new RetryingChatModel(breaking, retryPolicy(config)), {
      budgets: calls.budgets,
      defaultMaxTokens: config.llm.maxTokens,
    });
  }

  private adapter(definition: ChatModelDefinition): ChatModel {
    const { config, clients } = this.options;
    const shared = { definition, defaults: config.llm, timeoutMs: config.provider.timeoutMs };
    switch (definition.provider) {
      case 'openai': {
        const { sdk } = clients.openai;
        if (!sdk) throw notConfigured(definition);
        return new OpenAiChatModel({ ...shared, sdk, counter: this.counter });
      }
      case 'anthropic': {
        const { sdk } = clients.anthropic;
        if (!sdk) throw notConfigured(definition);
        return new AnthropicChatModel({ ...shared, sdk });
      }
    }
  }
}

function notConfigured({ provider, descriptor }: ChatModelDefinition): NotConfiguredError {
  return new NotConfiguredError(`Set ${PROVIDER_SETTINGS[provider]} to use ${descriptor.id}.`);
}

function retryPolicy({ provider, llm }: AppConfig): RetryPolicy {
  return {
    maxRetries: provider.maxRetries,
    baseDelayMs: 250,
    maxDelayMs: 8000,
    maxRetryAfterMs: 20_000,
    budgetMs: llm.totalTimeoutMs,
  };
}

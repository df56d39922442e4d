import { Budgets } from '../../src/core/limits/budgets.js';
import { MemoryBudgetStore } from '../../src/core/limits/memory-budget-store.js';
import { loadConfig } from '../../src/config/load-config.js';
import { ChatModels } from '../../src/core/llm/chat-models.js';
import { ProviderCalls } from '../../src/core/llm/provider-calls.js';
import { ProviderStates } from '../../src/core/llm/provider-states.js';
import { AnthropicClient } from '../../src/core/llm/providers/anthropic/anthropic-client.js';
import { OpenAiClient } from '../../src/core/llm/providers/openai/openai-client.js';
import { ProviderClients } from '../../src/core/llm/providers/provider-clients.js';
import { CircuitBreakers } from '../../src/core/llm/resilience/circuit-breakers.js';
import { UsageMeter } from '../../src/core/llm/usage-meter.js';
import { ANTHROPIC_CHAT, OPENAI_CHAT } from './chat-protocols.js';
import { ListeningChatStub } from './chat-stub.js';

/** All chat models as the settings make them, without the rest of the service. */
export interface ChatService {
  readonly models: ChatModels;
  readonly meter: UsageMeter;
  readonly states: ProviderStates;
  close(): Promise<void>;
}

export function chatService(variables: Record<string, string>): ChatService {
  const config = loadConfig(variables);
  const clients = new ProviderClients(new OpenAiClient(config), new AnthropicClient(config));
  const [states, meter] = [new ProviderStates(config), new UsageMeter()];
  return {
    models: new ChatModels(
      config,
      clients,
      new ProviderCalls(states, meter, new Budgets(config, new MemoryBudgetStore())),
      new CircuitBreakers(config),
    ),
    meter,
    states,
    close: async () => {
      await clients.openai.onApplicationShutdown();
      await clients.anthropic.onApplicationShutdown();
    },
  };
}

/** Both providers, and the settings that lead to them. */
export interface ProviderStubs {
  readonly openai: ListeningChatStub;
  readonly anthropic: ListeningChatStub;
  readonly settings: Record<string, string>;
  reset(): void;
  close(): Promise<void>;
}

export async function startProviderStubs(): Promise<ProviderStubs> {
  const [openai, anthropic] = [
    await ListeningChatStub.listen(OPENAI_CHAT),
    await ListeningChatStub.listen(ANTHROPIC_CHAT),
  ];
  return {
    openai,
    anthropic,
    settings: {
      OPENAI_API_KEY: 'a',
      OPENAI_BASE_URL: `${openai.origin}/v1`,
      ANTHROPIC_API_KEY: 'b',
      ANTHROPIC_BASE_URL: anthropic.origin,
    },
    reset: () => {
      openai.reset();
      anthropic.reset();
    },
    close: async () => {
      await openai.close();
      await anthropic.close();
    },
  };
}

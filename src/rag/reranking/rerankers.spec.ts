import { loadConfig } from '../../config/load-config.js';
import { ConfigurationError } from '../../config/configuration.error.js';
import { Budgets } from '../../core/limits/budgets.js';
import { MemoryBudgetStore } from '../../core/limits/memory-budget-store.js';
import { ChatModels } from '../../core/llm/chat-models.js';
import { ProviderCalls } from '../../core/llm/provider-calls.js';
import { ProviderStates } from '../../core/llm/provider-states.js';
import { AnthropicClient } from '../../core/llm/providers/anthropic/anthropic-client.js';
import { OpenAiClient } from '../../core/llm/providers/openai/openai-client.js';
import { ProviderClients } from '../../core/llm/providers/provider-clients.js';
import { CircuitBreakers } from '../../core/llm/resilience/circuit-breakers.js';
import { UsageMeter } from '../../core/llm/usage-meter.js';
import { ModelReranker } from './model-reranker.js';
import { Rerankers } from './rerankers.js';

const opened: (OpenAiClient | AnthropicClient)[] = [];

function rerankers(variables: Record<string, string>): Rerankers {
  const config = loadConfig(variables);
  const clients = new ProviderClients(new OpenAiClient(config), new AnthropicClient(config));
  opened.push(clients.openai, clients.anthropic);
  const budgets = new Budgets(config, new MemoryBudgetStore());
  const calls = new ProviderCalls(new ProviderStates(config), new UsageMeter(), budgets);
  return new Rerankers(new ChatModels(config, clients, calls, new CircuitBreakers(config)), config);
}

describe('Rerankers', () => {
  afterAll(async () => {
    for (const client of opened) await client.onApplicationShutdown();
  });

  it.each([
    ['off', null, false],
    ['off', true, true],
    ['llm', null, true],
    ['llm', false, false],
  ])('with RERANK=%s and %s in the request', (setting, wanted, expected) => {
    const reranker = rerankers({ OPENAI_API_KEY: 'a', RERANK: setting }).find(wanted);
    expect(reranker instanceof ModelReranker).toBe(expected);
  });

  it('refuse settings that no chat model fits', () => {
    const unfit: Record<string, string>[] = [{ RERANK: 'llm' }, { RERANK_MODEL: 'gpt-5.1' }];
    for (const variables of unfit) {
      expect(() => rerankers(variables)).toThrow(ConfigurationError);
    }
    expect(() => rerankers({ OPENAI_API_KEY: 'a', RERANK_MODEL: 'nobody knows' })).toThrow(/RERANK_MODEL/u);
  });
});

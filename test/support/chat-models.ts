import { loadConfig } from '../../src/config/load-config.js';
import type { ChatProvider } from '../../src/core/llm/chat-catalog.js';
import { chatDefinitionOf } from '../../src/core/llm/chat-model-definition.js';
import type { ChatModel } from '../../src/core/llm/chat-model.js';
import { AnthropicChatModel } from '../../src/core/llm/providers/anthropic/anthropic-chat-model.js';
import { AnthropicClient } from '../../src/core/llm/providers/anthropic/anthropic-client.js';
import { OpenAiChatModel } from '../../src/core/llm/providers/openai/openai-chat-model.js';
import { OpenAiClient } from '../../src/core/llm/providers/openai/openai-client.js';
import { CL100K_TOKENS } from '../../src/core/llm/tokens/cl100k-tokens.js';
import { TokenCounter } from '../../src/core/llm/tokens/token-counter.js';
import { ANTHROPIC_CHAT, OPENAI_CHAT } from './chat-protocols.js';
import { ListeningChatStub } from './chat-stub.js';

export const STUB_KEY = 'sk-secret-key';
const DEFAULTS = { temperature: 0.7, maxTokens: 2000 };

export interface AdapterOptions {
  readonly name?: string;
  readonly timeoutMs?: number;
}

/** A provider's bare adapter, and the stub that it talks to. */
export interface ChatAdapterUnderTest {
  readonly provider: ChatProvider;
  readonly stub: ListeningChatStub;
  model(options?: AdapterOptions): ChatModel;
  close(): Promise<void>;
}

export async function openAiChatUnderTest(): Promise<ChatAdapterUnderTest> {
  const stub = await ListeningChatStub.listen(OPENAI_CHAT);
  const client = new OpenAiClient(
    loadConfig({ OPENAI_API_KEY: STUB_KEY, OPENAI_BASE_URL: `${stub.origin}/v1` }),
  );
  const counter = new TokenCounter(CL100K_TOKENS);
  return {
    provider: 'openai',
    stub,
    model: ({ name = 'gpt-4o-mini', timeoutMs = 10_000 } = {}) =>
      new OpenAiChatModel({
        sdk: client.sdk!,
        definition: chatDefinitionOf({ provider: 'openai', name }),
        defaults: DEFAULTS,
        timeoutMs,
        counter,
      }),
    close: async () => {
      await client.onApplicationShutdown();
      await stub.close();
    },
  };
}

export async function anthropicChatUnderTest(): Promise<ChatAdapterUnderTest> {
  const stub = await ListeningChatStub.listen(ANTHROPIC_CHAT);
  const client = new AnthropicClient(
    loadConfig({ ANTHROPIC_API_KEY: STUB_KEY, ANTHROPIC_BASE_URL: stub.origin }),
  );
  return {
    provider: 'anthropic',
    stub,
    model: ({ name = 'claude-haiku-4-5', timeoutMs = 10_000 } = {}) =>
      new AnthropicChatModel({
        sdk: client.sdk!,
        definition: chatDefinitionOf({ provider: 'anthropic', name }),
        defaults: DEFAULTS,
        timeoutMs,
      }),
    close: async () => {
      await client.onApplicationShutdown();
      await stub.close();
    },
  };
}

/** All events of a stream. */
export async function collect<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of stream) items.push(item);
  return items;
}

import { ANTHROPIC_CHAT } from './chat-protocols.js';
import { type ChatStub, ListeningChatStub } from './chat-stub.js';
import { OpenAiStub } from './openai-stub.js';

/** A stub provider, and the settings that make the service use it and no other. */
export interface StubProvider {
  readonly name: string;
  readonly chat: ChatStub;
  readonly variables: Record<string, string>;
  close(): Promise<void>;
}

/** Embeddings stay local, and nothing is tried again, so that calls can be counted. */
const COMMON = { EMBEDDING_MODEL: 'local-lexical', PROVIDER_MAX_RETRIES: '0' };

export const STUB_PROVIDERS: readonly (readonly [string, () => Promise<StubProvider>])[] = [
  [
    'openai',
    async () => {
      const stub = await OpenAiStub.start();
      return {
        name: 'openai',
        chat: stub.chat,
        variables: { ...COMMON, OPENAI_API_KEY: 'sk-hunter2', OPENAI_BASE_URL: stub.baseUrl },
        close: () => stub.close(),
      };
    },
  ],
  [
    'anthropic',
    async () => {
      const stub = await ListeningChatStub.listen(ANTHROPIC_CHAT);
      return {
        name: 'anthropic',
        chat: stub,
        variables: { ...COMMON, ANTHROPIC_API_KEY: 'sk-ant-hunter2', ANTHROPIC_BASE_URL: stub.origin },
        close: () => stub.close(),
      };
    },
  ],
];

import type { EnvironmentVariables } from '../../src/config/load-config.js';
import { goodReply } from './model-answers.js';
import { OpenAiStub } from './openai-stub.js';
import { startTestApp, type TestApp } from './test-app.js';

/** The service with a chat provider, so that every endpoint can succeed. Embeddings stay local. */
export async function startFullApp(variables: EnvironmentVariables = {}): Promise<TestApp> {
  const stub = await OpenAiStub.start();
  stub.chat.usualReply = goodReply;
  const service = await startTestApp({
    OPENAI_API_KEY: 'sk-hunter2',
    OPENAI_BASE_URL: stub.baseUrl,
    EMBEDDING_MODEL: 'local-lexical',
    ...variables,
  });
  return {
    ...service,
    close: async () => {
      await service.close();
      await stub.close();
    },
  };
}

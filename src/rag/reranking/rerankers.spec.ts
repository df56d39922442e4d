import { chatService, type ChatService } from '../../../test/support/chat-service.js';
import { loadConfig } from '../../config/load-config.js';
import { ConfigurationError } from '../../config/configuration.error.js';
import { ModelReranker } from './model-reranker.js';
import { Rerankers } from './rerankers.js';

const opened: ChatService[] = [];

function rerankers(variables: Record<string, string>): Rerankers {
  const service = chatService(variables);
  opened.push(service);
  return new Rerankers(service.models, loadConfig(variables));
}

describe('Rerankers', () => {
  afterAll(async () => {
    for (const service of opened) await service.close();
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

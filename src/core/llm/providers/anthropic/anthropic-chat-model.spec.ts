import { describeChatModelContract } from '../../../../../test/contracts/chat-model.contract.js';
import {
  anthropicChatUnderTest,
  type ChatAdapterUnderTest,
  collect,
} from '../../../../../test/support/chat-models.js';
import { failureOf } from '../../../../../test/support/openai-model.js';
import { loadConfig } from '../../../../config/load-config.js';
import { providerFailureOf } from '../../provider-failure.js';
import { AnthropicClient } from './anthropic-client.js';

const REQUEST = {
  capability: 'test',
  system: 'Be kind.',
  messages: [{ role: 'user' as const, content: 'Hello' }],
};
const MESSAGES = [{ role: 'user', content: 'Hello' }];

describe('AnthropicChatModel', () => {
  describeChatModelContract(anthropicChatUnderTest);

  describe('in the words of Anthropic', () => {
    let adapter: ChatAdapterUnderTest;

    beforeAll(async () => {
      adapter = await anthropicChatUnderTest();
    });

    beforeEach(() => {
      adapter.stub.reset();
    });

    afterAll(async () => {
      await adapter.close();
    });

    it.each([
      ['claude-haiku-4-5', { max_tokens: 50, temperature: 1 }],
      ['claude-opus-5-5', { max_tokens: 50 + 4096, output_config: { effort: 'low' } }],
      ['claude-99', { max_tokens: 50 + 4096 }],
    ])('asks %s with what it takes', async (name, parameters) => {
      await adapter.model({ name }).complete({ ...REQUEST, maxTokens: 50, temperature: 1.5 });
      expect(adapter.stub.calls[0]!.body).toEqual({
        model: name,
        system: 'Be kind.',
        messages: MESSAGES,
        ...parameters,
      });
    });

    it('asks for data in its native way, with bounds as hints, and in words where that has none', async () => {
      const closed = { type: 'object', properties: { a: { type: 'string', minLength: 3 } }, required: ['a'] };
      const open = { type: 'object', additionalProperties: { type: 'string' } };
      for (const json of [closed, open]) {
        adapter.stub.replyNext({ content: '{"a": "abc"}' });
        await adapter.model().completeStructured({ ...REQUEST, schema: { name: 'answer', json } });
      }
      const [first, second] = adapter.stub.calls.map(({ body }) => body);
      expect(first!['output_config']).toMatchObject({
        format: {
          type: 'json_schema',
          schema: {
            additionalProperties: false,
            properties: { a: { type: 'string', description: '{minLength: 3}' } },
          },
        },
      });
      expect(second).not.toHaveProperty('output_config');
      expect(second!['system']).toContain(JSON.stringify(open));
      expect(second!['system']).toMatch(/^Be kind\./u);
    });

    it('keeps the model’s thoughts out of the text', async () => {
      adapter.stub.scriptNext({
        kind: 'spoil',
        change: (answer) => ({
          ...answer,
          content: [
            { type: 'thinking', thinking: 'Hm.', signature: '' },
            { type: 'text', text: 'Yes' },
            { type: 'text', text: '.' },
          ],
        }),
      });
      await expect(adapter.model().complete(REQUEST)).resolves.toMatchObject({ content: 'Yes.' });
    });

    it('counts cached input among the prompt, at no known price', async () => {
      adapter.stub.scriptNext({
        kind: 'spoil',
        change: (answer) => ({
          ...answer,
          usage: {
            input_tokens: 10,
            output_tokens: 1,
            cache_read_input_tokens: 5,
            cache_creation_input_tokens: 2,
          },
        }),
      });
      const { usage } = await adapter.model().complete(REQUEST);
      expect(usage).toEqual({ promptTokens: 17, completionTokens: 1, costUsd: null });
    });

    it.each([
      ['no content', (answer: object) => ({ ...answer, content: [] })],
      ['no reason for its end', (answer: object) => ({ ...answer, stop_reason: null })],
      ['a tool call', (answer: object) => ({ ...answer, stop_reason: 'tool_use' })],
      ['no usage', (answer: object) => ({ ...answer, usage: {} })],
    ])('refuses an answer with %s', async (_, change) => {
      adapter.stub.scriptNext({ kind: 'spoil', change });
      const error = await failureOf(adapter.model().complete(REQUEST));
      expect(providerFailureOf(error)).toMatchObject({ kind: 'nonsense' });
    });

    it.each([
      ['overloaded_error', 'outage'],
      ['api_error', 'outage'],
      ['rate_limit_error', 'rate-limit'],
      ['billing_error', 'quota'],
      ['invalid_request_error', 'input-refused'],
    ])('takes the error %s in a stream for %s', async (type, kind) => {
      const data = JSON.stringify({ type: 'error', error: { type, message: 'secret' } });
      adapter.stub.scriptNext({ kind: 'event', event: `event: error\ndata: ${data}\n\n` });
      const error = await failureOf(collect(adapter.model().stream(REQUEST)));
      expect(providerFailureOf(error)).toMatchObject({ kind });
      expect(error.message).not.toContain('secret');
    });

    it('takes 402 and a bill that is not paid for a used-up quota', async () => {
      const body = { type: 'error', error: { type: 'billing_error', message: 'pay' } };
      for (const status of [400, 402]) {
        adapter.stub.scriptNext({ kind: 'answer', status, body });
        const error = await failureOf(adapter.model().complete(REQUEST));
        expect(providerFailureOf(error)).toMatchObject({ kind: 'quota', status });
      }
    });

    it('needs no key for a server of one’s own', async () => {
      const keyless = new AnthropicClient(loadConfig({ ANTHROPIC_BASE_URL: adapter.stub.origin }));
      await keyless.sdk!.messages.create({
        model: 'claude-99',
        max_tokens: 5,
        messages: [{ role: 'user', content: 'Hi' }],
      });
      await keyless.onApplicationShutdown();
      expect(adapter.stub.calls[0]!.headers).not.toHaveProperty('x-api-key');
      expect(adapter.stub.calls[0]!.headers).not.toHaveProperty('authorization');
    });
  });
});

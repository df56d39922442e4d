import { describeChatModelContract } from '../../../../../test/contracts/chat-model.contract.js';
import {
  type ChatAdapterUnderTest,
  collect,
  openAiChatUnderTest,
} from '../../../../../test/support/chat-models.js';
import { failureOf } from '../../../../../test/support/openai-model.js';
import { providerFailureOf } from '../../provider-failure.js';

const REQUEST = {
  capability: 'test',
  system: 'Be kind.',
  messages: [{ role: 'user' as const, content: 'Hello world' }],
};

describe('OpenAiChatModel', () => {
  describeChatModelContract(openAiChatUnderTest);

  describe('in the words of OpenAI', () => {
    let adapter: ChatAdapterUnderTest;

    beforeAll(async () => {
      adapter = await openAiChatUnderTest();
    });

    beforeEach(() => {
      adapter.stub.reset();
    });

    afterAll(async () => {
      await adapter.close();
    });

    const messages = [
      { role: 'system', content: 'Be kind.' },
      { role: 'user', content: 'Hello world' },
    ];

    it.each([
      ['gpt-4o-mini', { max_tokens: 50, temperature: 0.2 }],
      ['llama-4', { max_tokens: 50, temperature: 0.2 }],
      ['gpt-5-mini', { max_completion_tokens: 50 + 4096, reasoning_effort: 'low' }],
      ['gpt-77', { max_completion_tokens: 50 + 4096 }],
    ])('asks %s with what it takes', async (name, parameters) => {
      await adapter.model({ name }).complete({ ...REQUEST, maxTokens: 50, temperature: 0.2 });
      expect(adapter.stub.calls[0]!.body).toEqual({ model: name, messages, ...parameters });
    });

    it('asks for a stream with its usage', async () => {
      await collect(adapter.model().stream(REQUEST));
      expect(adapter.stub.calls[0]!.body).toMatchObject({
        stream: true,
        stream_options: { include_usage: true },
      });
    });

    it('asks for data in strict mode where the schema can be said so', async () => {
      const closed = { type: 'object', properties: { a: { type: 'string' } } };
      const open = { type: 'object', additionalProperties: { type: 'string' } };
      for (const json of [closed, open]) {
        adapter.stub.replyNext({ content: '{"a": null}' });
        await adapter.model().completeStructured({ ...REQUEST, schema: { name: 'answer', json } });
      }
      expect(adapter.stub.calls.map(({ body }) => body['response_format'])).toMatchObject([
        { type: 'json_schema', json_schema: { name: 'answer', strict: true } },
        { type: 'json_schema', json_schema: { name: 'answer', strict: false, schema: open } },
      ]);
    });

    it('takes null for a part that is not there, in strict mode', async () => {
      const json = { type: 'object', properties: { a: { type: 'string' } } };
      adapter.stub.replyNext({ content: '{"a": null}' });
      await expect(
        adapter.model().completeStructured({ ...REQUEST, schema: { name: 'answer', json } }),
      ).resolves.toMatchObject({ data: {} });
    });

    it('counts tokens itself for servers that do not, at no known price', async () => {
      adapter.stub.scriptNext({ kind: 'spoil', change: (answer) => ({ ...answer, usage: undefined }) });
      const { usage } = await adapter.model().complete(REQUEST);
      expect(usage).toEqual({ promptTokens: 5, completionTokens: 5, costUsd: null });
    });

    it('knows that cached input costs less', async () => {
      adapter.stub.scriptNext({
        kind: 'spoil',
        change: (answer) => ({
          ...answer,
          usage: {
            prompt_tokens: 1_000_000,
            completion_tokens: 0,
            prompt_tokens_details: { cached_tokens: 500_000 },
          },
        }),
      });
      const { usage } = await adapter.model().complete(REQUEST);
      expect(usage.costUsd).toBeCloseTo(0.075 + 0.0375, 9);
    });

    const withChoice = (choice: object) => ({
      kind: 'spoil' as const,
      change: (answer: object) => ({ ...answer, choices: [choice] }),
    });

    it('takes the words of a refusal for the text', async () => {
      adapter.stub.scriptNext(
        withChoice({ message: { content: null, refusal: 'I can not.' }, finish_reason: 'stop' }),
      );
      await expect(adapter.model().complete(REQUEST)).resolves.toMatchObject({
        content: 'I can not.',
        finishReason: 'refusal',
      });
    });

    it('takes a thinking model’s answer without text for one that was cut off', async () => {
      adapter.stub.scriptNext(withChoice({ message: { content: null }, finish_reason: 'length' }));
      await expect(adapter.model().complete(REQUEST)).resolves.toMatchObject({
        content: '',
        finishReason: 'length',
      });
    });

    it.each([
      ['no choices', { kind: 'spoil' as const, change: (answer: object) => ({ ...answer, choices: [] }) }],
      ['no text', withChoice({ message: { content: null }, finish_reason: 'stop' })],
      ['a tool call', withChoice({ message: { content: null }, finish_reason: 'tool_calls' })],
      ['no message', withChoice({ finish_reason: 'stop' })],
    ])('refuses an answer with %s', async (_, script) => {
      adapter.stub.scriptNext(script);
      const error = await failureOf(adapter.model().complete(REQUEST));
      expect(providerFailureOf(error)).toMatchObject({ kind: 'nonsense' });
    });

    it.each([
      ['server_error', 'outage'],
      ['rate_limit_exceeded', 'rate-limit'],
    ])('takes the error %s in a stream for %s', async (code, kind) => {
      adapter.stub.scriptNext({ kind: 'event', event: `data: ${JSON.stringify({ error: { code } })}\n\n` });
      const error = await failureOf(collect(adapter.model().stream(REQUEST)));
      expect(providerFailureOf(error)).toMatchObject({ kind });
    });

    it('takes a used-up quota for what it is', async () => {
      adapter.stub.scriptNext({
        kind: 'answer',
        status: 429,
        body: { error: { code: 'insufficient_quota' } },
      });
      const error = await failureOf(adapter.model().complete(REQUEST));
      expect(error).toMatchObject({ code: 'rate-limited', retryAfterSeconds: 60 });
      expect(providerFailureOf(error)).toMatchObject({ kind: 'quota', isRetryable: false });
    });
  });
});

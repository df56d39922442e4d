import type { ChatModel, ChatRequest } from '../../src/core/llm/chat-model.js';
import { type ProviderFailureKind, providerFailureOf } from '../../src/core/llm/provider-failure.js';
import { type ChatAdapterUnderTest, collect, STUB_KEY } from '../support/chat-models.js';
import { leastTime } from '../support/least-time.js';
import { failureOf } from '../support/openai-model.js';

const REQUEST: ChatRequest = {
  capability: 'test',
  system: 'Be kind.',
  messages: [
    { role: 'user', content: 'Hello' },
    { role: 'assistant', content: 'Hi' },
    { role: 'user', content: 'private text' },
  ],
};
const LIMIT_MS = 500;
const SCHEMA = {
  name: 'verdict',
  json: {
    type: 'object',
    properties: { good: { type: 'boolean' } },
    required: ['good'],
    additionalProperties: false,
  },
};

const STATUSES: [number, string, ProviderFailureKind][] = [
  [400, 'provider-error', 'input-refused'],
  [401, 'provider-error', 'credentials'],
  [403, 'provider-error', 'credentials'],
  [404, 'provider-error', 'unknown-model'],
  [405, 'provider-error', 'refused'],
  [408, 'provider-error', 'outage'],
  [409, 'provider-error', 'outage'],
  [413, 'provider-error', 'input-refused'],
  [429, 'rate-limited', 'rate-limit'],
  [500, 'provider-error', 'outage'],
  [503, 'provider-error', 'outage'],
  [529, 'provider-error', 'outage'],
];

/** Each way of asking, as a promise of its end. */
const WAYS: [string, (model: ChatModel, request?: ChatRequest) => Promise<unknown>][] = [
  ['complete', (model, request = REQUEST) => model.complete(request)],
  ['stream', (model, request = REQUEST) => collect(model.stream(request))],
  [
    'completeStructured',
    (model, request = REQUEST) => model.completeStructured({ ...request, schema: SCHEMA }),
  ],
];

/** What every adapter of a chat provider must do, whatever its protocol. */
export function describeChatModelContract(make: () => Promise<ChatAdapterUnderTest>): void {
  let adapter: ChatAdapterUnderTest;

  beforeAll(async () => {
    adapter = await make();
  });

  beforeEach(() => {
    adapter.stub.reset();
  });

  afterAll(async () => {
    await adapter.close();
  });

  describe('on success', () => {
    it('gives the text, its end, who wrote it and what that took', async () => {
      adapter.stub.replyNext({ content: 'Good day.', promptTokens: 1000, completionTokens: 200 });

      const completion = await adapter.model().complete(REQUEST);

      const { id, provider, ...prices } = adapter.model().descriptor;
      const costUsd =
        (1000 * prices.pricePerMillionInputTokens! + 200 * prices.pricePerMillionOutputTokens!) / 1_000_000;
      expect(completion).toEqual({
        content: 'Good day.',
        finishReason: 'stop',
        model: id,
        provider,
        usage: { promptTokens: 1000, completionTokens: 200, costUsd: expect.closeTo(costUsd, 12) as number },
      });
    });

    it.each(['length', 'refusal'] as const)('tells the end %s, also of no text at all', async (end) => {
      adapter.stub.replyNext({ end, content: '' });
      await expect(adapter.model().complete(REQUEST)).resolves.toMatchObject({ finishReason: end });
      adapter.stub.replyNext({ end });
      expect((await collect(adapter.model().stream(REQUEST))).at(-1)).toMatchObject({
        completion: { finishReason: end },
      });
    });

    it('streams the same', async () => {
      const whole = await adapter.model().complete(REQUEST);

      const events = await collect(adapter.model().stream(REQUEST));

      const deltas = events.flatMap((event) => (event.type === 'delta' ? [event.content] : []));
      expect(deltas.length).toBeGreaterThan(1);
      expect(deltas.join('')).toBe(whole.content);
      expect(events.at(-1)).toEqual({ type: 'done', completion: whole });
      expect(events.filter(({ type }) => type === 'done')).toHaveLength(1);
    });

    it('gives a structured answer as data', async () => {
      adapter.stub.replyNext({ content: '{"good": true}' });

      const completion = await adapter.model().completeStructured({ ...REQUEST, schema: SCHEMA });

      expect(completion).toMatchObject({ data: { good: true }, provider: adapter.provider });
      expect(JSON.stringify(adapter.stub.calls[0]!.body)).toContain('json_schema');
    });

    it('takes a structured answer out of a fence', async () => {
      adapter.stub.replyNext({ content: '```json\n{"good": false}\n```' });
      await expect(adapter.model().completeStructured({ ...REQUEST, schema: SCHEMA })).resolves.toMatchObject(
        { data: { good: false } },
      );
    });

    it('shows its key', async () => {
      await adapter.model().complete(REQUEST);
      expect(adapter.stub.calls[0]!.headers).toMatchObject({ authorization: `Bearer ${STUB_KEY}` });
    });

    it('sends instructions and messages apart', async () => {
      await adapter.model().complete(REQUEST);

      const { body } = adapter.stub.calls[0]!;
      const said = body.messages.filter(({ role }) => role !== 'system');
      expect(said).toEqual(REQUEST.messages);
      expect(said.some(({ content }) => content.includes('Be kind.'))).toBe(false);
    });
  });

  describe.each(WAYS)('%s, when something goes wrong', (_way, ask) => {
    it.each(STATUSES)('%i becomes %s, %s', async (status, code, kind) => {
      adapter.stub.failNext(status);

      const error = await failureOf(ask(adapter.model()));

      expect(error).toMatchObject({ code });
      expect(providerFailureOf(error)).toMatchObject({ kind, status, provider: adapter.provider });
      expect(adapter.stub.calls).toHaveLength(1);
    });

    it.each<[Record<string, string>, number, number | null]>([
      [{ 'retry-after': '7' }, 7, 7000],
      [{}, 5, null],
    ])('429 with %j asks clients to wait for %i s', async (headers, retryAfterSeconds, retryAfterMs) => {
      adapter.stub.failNext(429, { headers });

      const error = await failureOf(ask(adapter.model()));

      expect(error).toMatchObject({ retryAfterSeconds });
      expect(providerFailureOf(error)).toMatchObject({ retryAfterMs, isRetryable: true });
    });

    it('is unreachable when the connection is refused', async () => {
      await adapter.stub.refuse();
      const error = await failureOf(ask(adapter.model()));
      await adapter.stub.accept();
      expect(providerFailureOf(error)).toMatchObject({ kind: 'unreachable', isRetryable: true });
    });

    it.each([
      ['before', 'unreachable', 'could not be reached'],
      ['mid-body', 'interrupted', 'broke off before its answer was complete'],
    ] as const)('when it is cut %s, it is %s and says so', async (when, kind, message) => {
      adapter.stub.scriptNext({ kind: 'reset', when });
      const error = await failureOf(ask(adapter.model()));
      expect(error).toMatchObject({
        code: 'provider-error',
        message: expect.stringContaining(message) as string,
      });
      expect(providerFailureOf(error)).toMatchObject({ kind, isRetryable: true });
    });

    it.each(['before', 'mid-body'] as const)('is out of time when it stalls %s, ±10 %%', async (when) => {
      const model = adapter.model({ timeoutMs: LIMIT_MS });
      let error: Error | undefined;

      const elapsedMs = await leastTime(async () => {
        adapter.stub.scriptNext({ kind: 'stall', when });
        error = await failureOf(ask(model));
      }, LIMIT_MS * 1.1);

      expect(elapsedMs).toBeGreaterThan(LIMIT_MS * 0.9);
      expect(elapsedMs).toBeLessThan(LIMIT_MS * 1.1);
      expect(error).toMatchObject({ code: 'provider-timeout' });
      expect(providerFailureOf(error)).toMatchObject({ kind: 'timeout' });
    });

    it.each(['before', 'mid-body'] as const)(
      'ends the call within 100 ms when its caller gives up %s',
      async (when) => {
        const reason = new Error('client left');
        const elapsedMs = await leastTime(async (startClock) => {
          adapter.stub.reset();
          adapter.stub.scriptNext({ kind: 'stall', when });
          const controller = new AbortController();
          const failure = failureOf(ask(adapter.model(), { ...REQUEST, signal: controller.signal }));
          await adapter.stub.untilCalled();
          startClock();
          controller.abort(reason);
          await adapter.stub.untilAbandoned();
          expect(await failure).toBe(reason);
        }, 100);
        expect(elapsedMs).toBeLessThan(100);
      },
    );

    it('makes no call when its caller has given up before', async () => {
      const reason = new Error('client left');
      const request = { ...REQUEST, signal: AbortSignal.abort(reason) };
      await expect(ask(adapter.model(), request)).rejects.toBe(reason);
      expect(adapter.stub.calls).toHaveLength(0);
    });

    it('tells nothing of what was sent or answered', async () => {
      adapter.stub.scriptNext({
        kind: 'answer',
        status: 500,
        body: { error: { message: 'upstream secret' } },
      });

      const error = await failureOf(ask(adapter.model()));

      const seen = `${error.stack} ${JSON.stringify(error)} ${String(error.cause)} ${JSON.stringify(error.cause)}`;
      for (const secret of ['upstream secret', 'private text', STUB_KEY, adapter.stub.origin])
        expect(seen).not.toContain(secret);
    });
  });

  describe('on an answer that is of no use', () => {
    it.each([
      ['no JSON', () => '<html>busy</html>'],
      ['half of its JSON', (answer: unknown) => JSON.stringify(answer).slice(0, -5)],
      ['another shape', () => ({ hello: 'world' })],
      ['null', () => 'null'],
    ])('refuses %s', async (_, change) => {
      adapter.stub.scriptNext({ kind: 'spoil', change });
      const error = await failureOf(adapter.model().complete(REQUEST));
      expect(error).toMatchObject({ code: 'provider-error' });
      expect(providerFailureOf(error)).toMatchObject({ kind: 'nonsense', isRetryable: false });
    });

    it.each([
      ['no JSON', { content: 'Certainly! Here it is.' }, 'nonsense'],
      ['one that was cut off', { content: '{"good": tr', end: 'length' }, 'nonsense'],
      ['a refusal', { content: 'I can not.', end: 'refusal' }, 'refused'],
    ] as const)('refuses %s where data was asked for, and says what it cost', async (_, reply, kind) => {
      adapter.stub.replyNext(reply);
      const error = await failureOf(adapter.model().completeStructured({ ...REQUEST, schema: SCHEMA }));
      expect(error).toMatchObject({ code: 'provider-error' });
      expect(providerFailureOf(error)).toMatchObject({
        kind,
        usage: { promptTokens: 12, completionTokens: 5 },
      });
    });

    it.each([
      ['complete', (model: ChatModel) => model.complete(REQUEST)],
      ['stream', (model: ChatModel) => collect(model.stream(REQUEST))],
    ] as const)('%s: refuses one without text, and says what it cost', async (_, ask) => {
      adapter.stub.replyNext({ content: '' });
      const error = await failureOf(ask(adapter.model()));
      expect(error.message).toMatch(/can not be used; .* It is empty\.$/u);
      expect(providerFailureOf(error)).toMatchObject({
        kind: 'nonsense',
        usage: { promptTokens: 12, completionTokens: 5 },
      });
    });

    it('refuses a stream that ends before its answer does', async () => {
      adapter.stub.scriptNext({ kind: 'cut' });
      const error = await failureOf(collect(adapter.model().stream(REQUEST)));
      expect(error.message).toContain('broke off before its answer was complete');
      expect(providerFailureOf(error)).toMatchObject({ kind: 'interrupted' });
    });
  });

  it('ends the call when nobody reads its stream any more', async () => {
    adapter.stub.scriptNext({ kind: 'stall', when: 'mid-body' });
    for await (const event of adapter.model().stream(REQUEST)) {
      expect(event.type).toBe('delta');
      break;
    }
    await adapter.stub.untilAbandoned();
    expect(adapter.stub.abandonedCalls).toBe(1);
  });
}

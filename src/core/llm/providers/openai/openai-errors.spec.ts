import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type EmbeddingAnswer, OpenAiStub } from '../../../../../test/support/openai-stub.js';
import { failureOf, openAiClient, openAiModel } from '../../../../../test/support/openai-model.js';
import { providerFailureOf } from '../../provider-failure.js';
import type { OpenAiClient } from './openai-client.js';
import { toOpenAiError } from './openai-errors.js';

const KEY = 'sk-secret-key';

describe('toOpenAiError', () => {
  let stub: OpenAiStub;
  let client: OpenAiClient;

  beforeAll(async () => {
    stub = await OpenAiStub.start();
    client = openAiClient({ OPENAI_API_KEY: KEY, OPENAI_BASE_URL: stub.baseUrl });
  });

  beforeEach(() => {
    stub.reset();
  });

  afterAll(async () => {
    await client.onApplicationShutdown();
    await stub.close();
  });

  describe('on an error status', () => {
    it.each([
      [400, 'provider-error', 'input-refused', 'text-embedding-3-small'],
      [413, 'provider-error', 'input-refused', 'text-embedding-3-small'],
      [422, 'provider-error', 'input-refused', 'text-embedding-3-small'],
      [401, 'provider-error', 'credentials', 'OPENAI_API_KEY'],
      [403, 'provider-error', 'credentials', 'OPENAI_API_KEY'],
      [404, 'provider-error', 'unknown-model', 'EMBEDDING_MODEL'],
      [405, 'provider-error', 'refused', 'OpenAI'],
      [302, 'provider-error', 'refused', 'OpenAI'],
      [408, 'provider-error', 'outage', 'OpenAI'],
      [409, 'provider-error', 'outage', 'OpenAI'],
      [500, 'provider-error', 'outage', 'OpenAI'],
      [502, 'provider-error', 'outage', 'OpenAI'],
      [503, 'provider-error', 'outage', 'OpenAI'],
      [529, 'provider-error', 'outage', 'OpenAI'],
      [429, 'rate-limited', 'rate-limit', 'rate limit'],
    ])('%i becomes %s, %s', async (status, code, kind, mention) => {
      stub.failNext(status);

      const error = await failureOf(openAiModel(client).embed({ texts: ['private text'] }));

      expect(error).toMatchObject({ code, message: expect.stringContaining(mention) as string });
      expect(providerFailureOf(error)).toMatchObject({ kind, status });
      expect(stub.callCount).toBe(1);
    });

    it.each<[Record<string, string>, number, number | null]>([
      [{ 'retry-after': '7' }, 7, 7000],
      [{ 'retry-after-ms': '1200' }, 2, 1200],
      [{}, 5, null],
    ])('429 with %j asks clients to wait for %i s', async (headers, retryAfterSeconds, retryAfterMs) => {
      stub.failNext(429, { headers });

      const error = await failureOf(openAiModel(client).embed({ texts: ['a'] }));

      expect(error).toMatchObject({ retryAfterSeconds });
      expect(providerFailureOf(error)).toMatchObject({ retryAfterMs, isRetryable: true });
    });

    it('429 with a date asks clients to wait until then', async () => {
      stub.failNext(429, { headers: { 'retry-after': new Date(Date.now() + 3_600_000).toUTCString() } });

      const error = await failureOf(openAiModel(client).embed({ texts: ['a'] }));

      const { retryAfterMs } = providerFailureOf(error)!;
      expect(retryAfterMs).toBeGreaterThan(3_500_000);
      expect(retryAfterMs).toBeLessThanOrEqual(3_600_000);
    });

    it('429 for a quota that is used up is not tried again', async () => {
      stub.scriptNext({ kind: 'answer', status: 429, body: { error: { code: 'insufficient_quota' } } });

      const error = await failureOf(openAiModel(client).embed({ texts: ['a'] }));

      expect(error).toMatchObject({ code: 'rate-limited' });
      expect(providerFailureOf(error)).toMatchObject({ kind: 'quota', isRetryable: false });
    });

    it('tells nothing of what was sent or answered', async () => {
      stub.scriptNext({ kind: 'answer', status: 500, body: { error: { message: 'upstream secret' } } });

      const error = await failureOf(openAiModel(client).embed({ texts: ['private text'] }));

      const seen = `${error.stack} ${JSON.stringify(error)} ${String(error.cause)} ${JSON.stringify(error.cause)}`;
      for (const secret of ['upstream secret', 'private text', KEY, stub.baseUrl])
        expect(seen).not.toContain(secret);
    });
  });

  describe('on a broken connection', () => {
    it('is unreachable when it is refused', async () => {
      await stub.refuse();
      const error = await failureOf(openAiModel(client).embed({ texts: ['a'] }));
      await stub.accept();

      expect(error).toMatchObject({ code: 'provider-error' });
      expect(providerFailureOf(error)).toMatchObject({ kind: 'unreachable', isRetryable: true });
    });

    it('is unreachable when no such host exists', async () => {
      const nowhere = openAiClient({ OPENAI_BASE_URL: 'http://provider.invalid/v1' });

      const error = await failureOf(openAiModel(nowhere).embed({ texts: ['a'] }));
      await nowhere.onApplicationShutdown();

      expect(providerFailureOf(error)).toMatchObject({ kind: 'unreachable' });
    });

    it.each([
      ['before', 'unreachable'],
      ['mid-body', 'interrupted'],
    ] as const)('when it is cut %s, it is %s', async (when, kind) => {
      stub.scriptNext({ kind: 'reset', when });

      const error = await failureOf(openAiModel(client).embed({ texts: ['a'] }));

      expect(error).toMatchObject({ code: 'provider-error' });
      expect(providerFailureOf(error)).toMatchObject({ kind, isRetryable: true });
    });

    it('is unreachable when the other side speaks no HTTP', async () => {
      const server = createServer();
      server.on('connection', (socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'));
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      const other = openAiClient({ OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1` });

      const error = await failureOf(openAiModel(other).embed({ texts: ['a'] }));
      await other.onApplicationShutdown();
      server.close();

      expect(providerFailureOf(error)).toMatchObject({ kind: 'unreachable' });
    });

    it.each(['before', 'mid-body'] as const)('is out of time when it stalls %s', async (when) => {
      stub.scriptNext({ kind: 'stall', when });

      const error = await failureOf(openAiModel(client, { timeoutMs: 100 }).embed({ texts: ['a'] }));

      expect(error).toMatchObject({
        code: 'provider-timeout',
        message: expect.stringContaining('did not answer within PROVIDER_TIMEOUT_MS') as string,
      });
      expect(providerFailureOf(error)).toMatchObject({ kind: 'timeout', isRetryable: true });
    });
  });

  describe('on an answer that makes no sense', () => {
    const spoilt: [string, (answer: EmbeddingAnswer) => unknown][] = [
      ['too few vectors', (answer) => ({ ...answer, data: answer.data.slice(1) })],
      ['too many vectors', (answer) => ({ ...answer, data: [...answer.data, ...answer.data] })],
      [
        'a NaN',
        (answer) => ({ ...answer, data: answer.data.map((item) => ({ ...item, embedding: [null] })) }),
      ],
      [
        'a wrong index',
        (answer) => ({ ...answer, data: answer.data.map((item) => ({ ...item, index: 5 })) }),
      ],
      [
        'vectors of the wrong length',
        (answer) => ({ ...answer, data: answer.data.map((item) => ({ ...item, embedding: [1] })) }),
      ],
      ['broken JSON', (answer) => JSON.stringify(answer).slice(0, -5)],
      ['no JSON at all', () => '<html>busy</html>'],
      ['another shape', () => ({ vectors: [] })],
      ['null', () => null],
    ];

    it.each(spoilt)('refuses %s', async (_, change) => {
      stub.scriptNext({ kind: 'spoil', change });

      const error = await failureOf(openAiModel(client).embed({ texts: ['a', 'b'] }));

      expect(error).toMatchObject({
        code: 'provider-error',
        message: expect.stringContaining('can not be used') as string,
      });
      expect(providerFailureOf(error)).toMatchObject({ kind: 'nonsense', isRetryable: false });
    });
  });

  it.each([
    ['UND_ERR_RES_EXCEEDED_MAX_SIZE', 'nonsense'],
    ['HPE_INVALID_CHUNK_SIZE', 'interrupted'],
    ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'interrupted'],
  ])('takes %s while the answer is read for %s', (code, kind) => {
    const error = toOpenAiError(Object.assign(new Error('broken'), { code }), {
      model: 'model',
      modelSetting: 'EMBEDDING_MODEL',
    });
    const wrapped = toOpenAiError(new TypeError('terminated', { cause: { code } }), {
      model: 'model',
      modelSetting: 'EMBEDDING_MODEL',
    });

    expect(providerFailureOf(error)?.kind).toBe(kind);
    expect(providerFailureOf(wrapped)?.kind).toBe(kind);
  });

  it('hands back what is none of the provider’s doing', () => {
    const bug = new TypeError('undefined is not a function');

    expect(toOpenAiError(bug, { model: 'model', modelSetting: 'EMBEDDING_MODEL' })).toBe(bug);
    expect(toOpenAiError('text', { model: 'model', modelSetting: 'EMBEDDING_MODEL' })).toBe('text');
  });
});

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type EmbeddingAnswer,
  OpenAiStub,
  OTHER_MODEL_DIMENSIONS,
  stubTokens,
  stubVector,
} from '../../../../../test/support/openai-stub.js';
import { requestContext } from '../../../../common/http/request-context.js';
import { loadConfig } from '../../../../config/load-config.js';
import { definitionOf } from '../../embedding-model-definition.js';
import { providerFailureOf } from '../../provider-failure.js';
import { CL100K_TOKENS } from '../../tokens/cl100k-tokens.js';
import { TokenCounter } from '../../tokens/token-counter.js';
import { OpenAiClient } from './openai-client.js';
import { OpenAiEmbeddingModel } from './openai-embedding-model.js';

const SMALL = 'text-embedding-3-small';
const KEY = 'sk-secret-key';

describe('OpenAiEmbeddingModel', () => {
  let stub: OpenAiStub;
  let client: OpenAiClient;

  beforeAll(async () => {
    stub = await OpenAiStub.start();
    client = clientFor({ OPENAI_API_KEY: KEY, OPENAI_BASE_URL: stub.baseUrl });
  });

  beforeEach(() => {
    stub.reset();
  });

  afterAll(async () => {
    await client.onApplicationShutdown();
    await stub.close();
  });

  function clientFor(variables: Record<string, string>): OpenAiClient {
    return new OpenAiClient(loadConfig(variables));
  }

  function model(
    name = SMALL,
    overrides: { dimensions?: number; timeoutMs?: number; client?: OpenAiClient } = {},
  ) {
    const { descriptor, nativeDimensions } = definitionOf({ provider: 'openai', name }, name);
    return new OpenAiEmbeddingModel({
      sdk: (overrides.client ?? client).sdk!,
      name,
      nativeDimensions,
      descriptor: { ...descriptor, dimensions: overrides.dimensions ?? descriptor.dimensions },
      timeoutMs: overrides.timeoutMs ?? 10_000,
      counter: new TokenCounter(CL100K_TOKENS),
    });
  }

  async function failureOf(embedding: Promise<unknown>): Promise<Error> {
    return embedding.then(
      () => {
        throw new Error('It should have failed.');
      },
      (error: unknown) => error as Error,
    );
  }

  describe('on success', () => {
    it('gives a vector a text, asked for in base64', async () => {
      const texts = ['one', 'another text', 'ünïcode 漢字'];

      const results = await model().embed({ texts });

      expect(results.map(({ vector }) => vector)).toEqual(texts.map((text) => stubVector(text, 1536)));
      expect(results.every(({ cached }) => !cached)).toBe(true);
      expect(stub.calls.map(({ body }) => body)).toEqual([
        { model: SMALL, input: texts, encoding_format: 'base64' },
      ]);
      expect(stub.calls[0]!.headers.authorization).toBe(`Bearer ${KEY}`);
    });

    it('divides what the call used among its texts', async () => {
      const texts = ['a', 'somewhat longer', 'in between'];

      const results = await model().embed({ texts });

      const total = texts.reduce((sum, text) => sum + stubTokens(text), 0);
      expect(results.reduce((sum, { promptTokens }) => sum + promptTokens, 0)).toBe(total);
      expect(results[1]!.promptTokens).toBeGreaterThan(results[2]!.promptTokens);
    });

    it('takes numbers from servers that know no base64, in any order', async () => {
      stub.scriptNext({
        kind: 'spoil',
        change: (answer) => ({
          ...answer,
          data: answer.data
            .map(({ index }) => ({ index, embedding: [...stubVector(index === 0 ? 'a' : 'b', 1536)] }))
            .reverse(),
        }),
      });

      const results = await model().embed({ texts: ['a', 'b'] });

      expect(results.map(({ vector }) => vector)).toEqual([stubVector('a', 1536), stubVector('b', 1536)]);
    });

    it('counts tokens itself for servers that do not', async () => {
      stub.scriptNext({
        kind: 'spoil',
        change: ({ object, model: name, data }) => ({ object, model: name, data }),
      });

      const results = await model().embed({ texts: ['hello world', 'hello'] });

      expect(results.map(({ promptTokens }) => promptTokens)).toEqual([2, 1]);
    });

    it('asks for fewer dimensions only when fewer are wanted', async () => {
      const results = [
        ...(await model().embed({ texts: ['a'], dimensions: 256 })),
        ...(await model().embed({ texts: ['a'], dimensions: 1536 })),
        ...(await model(SMALL, { dimensions: 512 }).embed({ texts: ['a'] })),
        ...(await model('text-embedding-ada-002').embed({ texts: ['a'] })),
      ];

      expect(results.map(({ vector }) => vector.length)).toEqual([256, 1536, 512, 1536]);
      expect(stub.calls.map(({ body }) => body.dimensions)).toEqual([256, undefined, 512, undefined]);
    });

    it('learns the dimensions of a model that is in no catalogue, and then holds it to them', async () => {
      const unheardOf = model('unheard-of');
      expect(unheardOf.descriptor.dimensions).toBeNull();

      await unheardOf.embed({ texts: ['a'] });

      expect(unheardOf.descriptor.dimensions).toBe(OTHER_MODEL_DIMENSIONS);
      expect(stub.calls[0]!.body.dimensions).toBeUndefined();
      stub.scriptNext({
        kind: 'spoil',
        change: (answer) => ({ ...answer, data: [{ index: 0, embedding: [1, 2] }] }),
      });
      await expect(unheardOf.embed({ texts: ['b'] })).rejects.toMatchObject({ code: 'provider-error' });
      await unheardOf.embed({ texts: ['c'] });
      expect(stub.calls.at(-1)!.body.dimensions).toBeUndefined();
    });

    it('passes the trace of the request on', async () => {
      const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
      const request = { headers: { traceparent } } as unknown as Parameters<typeof requestContext>[0];
      const response = { setHeader: () => undefined } as unknown as Parameters<typeof requestContext>[1];

      await new Promise<void>((resolve, reject) => {
        requestContext(request, response, () => {
          model()
            .embed({ texts: ['a'] })
            .then(() => {
              resolve();
            }, reject);
        });
      });
      await model().embed({ texts: ['b'] });

      expect(stub.calls.map(({ headers }) => headers['traceparent'])).toEqual([traceparent, undefined]);
    });

    it('needs no key for a server of one’s own', async () => {
      const keyless = clientFor({ OPENAI_BASE_URL: stub.baseUrl });

      await model(SMALL, { client: keyless }).embed({ texts: ['a'] });
      await keyless.onApplicationShutdown();

      expect(stub.calls[0]!.headers).not.toHaveProperty('authorization');
    });
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

      const error = await failureOf(model().embed({ texts: ['private text'] }));

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

      const error = await failureOf(model().embed({ texts: ['a'] }));

      expect(error).toMatchObject({ retryAfterSeconds });
      expect(providerFailureOf(error)).toMatchObject({ retryAfterMs, isRetryable: true });
    });

    it('429 with a date asks clients to wait until then', async () => {
      stub.failNext(429, { headers: { 'retry-after': new Date(Date.now() + 3_600_000).toUTCString() } });

      const error = await failureOf(model().embed({ texts: ['a'] }));

      const { retryAfterMs } = providerFailureOf(error)!;
      expect(retryAfterMs).toBeGreaterThan(3_500_000);
      expect(retryAfterMs).toBeLessThanOrEqual(3_600_000);
    });

    it('429 for a quota that is used up is not tried again', async () => {
      stub.scriptNext({ kind: 'answer', status: 429, body: { error: { code: 'insufficient_quota' } } });

      const error = await failureOf(model().embed({ texts: ['a'] }));

      expect(error).toMatchObject({ code: 'rate-limited' });
      expect(providerFailureOf(error)).toMatchObject({ kind: 'quota', isRetryable: false });
    });

    it('tells nothing of what was sent or answered', async () => {
      stub.scriptNext({ kind: 'answer', status: 500, body: { error: { message: 'upstream secret' } } });

      const error = await failureOf(model().embed({ texts: ['private text'] }));

      const seen = `${error.stack} ${JSON.stringify(error)} ${String(error.cause)} ${JSON.stringify(error.cause)}`;
      for (const secret of ['upstream secret', 'private text', KEY, stub.baseUrl])
        expect(seen).not.toContain(secret);
    });
  });

  describe('on a broken connection', () => {
    it('is unreachable when it is refused', async () => {
      await stub.refuse();
      const error = await failureOf(model().embed({ texts: ['a'] }));
      await stub.accept();

      expect(error).toMatchObject({ code: 'provider-error' });
      expect(providerFailureOf(error)).toMatchObject({ kind: 'unreachable', isRetryable: true });
    });

    it('is unreachable when no such host exists', async () => {
      const nowhere = clientFor({ OPENAI_BASE_URL: 'http://provider.invalid/v1' });

      const error = await failureOf(model(SMALL, { client: nowhere }).embed({ texts: ['a'] }));
      await nowhere.onApplicationShutdown();

      expect(providerFailureOf(error)).toMatchObject({ kind: 'unreachable' });
    });

    it.each(['before', 'mid-body'] as const)('is unreachable when it is cut %s', async (when) => {
      stub.scriptNext({ kind: 'reset', when });

      const error = await failureOf(model().embed({ texts: ['a'] }));

      expect(error).toMatchObject({ code: 'provider-error' });
      expect(providerFailureOf(error)).toMatchObject({ kind: 'unreachable', isRetryable: true });
    });

    it('is unreachable when the other side speaks no HTTP', async () => {
      const server = createServer();
      server.on('connection', (socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'));
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      const other = clientFor({ OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1` });

      const error = await failureOf(model(SMALL, { client: other }).embed({ texts: ['a'] }));
      await other.onApplicationShutdown();
      server.close();

      expect(providerFailureOf(error)).toMatchObject({ kind: 'unreachable' });
    });

    it.each(['before', 'mid-body'] as const)('is out of time when it stalls %s', async (when) => {
      stub.scriptNext({ kind: 'stall', when });

      const error = await failureOf(model(SMALL, { timeoutMs: 100 }).embed({ texts: ['a'] }));

      expect(error).toMatchObject({
        code: 'provider-timeout',
        message: 'OpenAI did not answer within PROVIDER_TIMEOUT_MS.',
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

      const error = await failureOf(model().embed({ texts: ['a', 'b'] }));

      expect(error).toMatchObject({
        code: 'provider-error',
        message: expect.stringContaining('makes no sense') as string,
      });
      expect(providerFailureOf(error)).toMatchObject({ kind: 'nonsense', isRetryable: false });
    });
  });

  describe('when its caller gives up', () => {
    const reason = new Error('client left');

    it.each(['before', 'mid-body'] as const)('ends the call, %s', async (when) => {
      stub.scriptNext({ kind: 'stall', when });
      const controller = new AbortController();
      const embedding = model().embed({ texts: ['a'], signal: controller.signal });
      await stub.nextCall();

      controller.abort(reason);

      await expect(embedding).rejects.toBe(reason);
      await stub.nextAbandoned();
      expect(stub.abandonedCalls).toBe(1);
    });

    it('makes no call when that was before', async () => {
      await expect(model().embed({ texts: ['a'], signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
      expect(stub.callCount).toBe(0);
    });
  });
});

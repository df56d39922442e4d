import {
  OpenAiStub,
  OTHER_MODEL_DIMENSIONS,
  stubTokens,
  stubVector,
} from '../../../../../test/support/openai-stub.js';
import { openAiClient, openAiModel } from '../../../../../test/support/openai-model.js';
import { requestContext } from '../../../../common/http/request-context.js';
import type { OpenAiClient } from './openai-client.js';

const SMALL = 'text-embedding-3-small';
const KEY = 'sk-secret-key';

describe('OpenAiEmbeddingModel', () => {
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

  describe('on success', () => {
    it('gives a vector a text, asked for in base64', async () => {
      const texts = ['one', 'another text', 'ünïcode 漢字'];

      const results = await openAiModel(client).embed({ texts });

      expect(results.map(({ vector }) => vector)).toEqual(texts.map((text) => stubVector(text, 1536)));
      expect(results.every(({ cached }) => !cached)).toBe(true);
      expect(stub.calls.map(({ body }) => body)).toEqual([
        { model: SMALL, input: texts, encoding_format: 'base64' },
      ]);
      expect(stub.calls[0]!.headers.authorization).toBe(`Bearer ${KEY}`);
    });

    it('divides what the call used among its texts', async () => {
      const texts = ['a', 'somewhat longer', 'in between'];

      const results = await openAiModel(client).embed({ texts });

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

      const results = await openAiModel(client).embed({ texts: ['a', 'b'] });

      expect(results.map(({ vector }) => vector)).toEqual([stubVector('a', 1536), stubVector('b', 1536)]);
    });

    it('counts tokens itself for servers that do not', async () => {
      stub.scriptNext({
        kind: 'spoil',
        change: ({ object, model: name, data }) => ({ object, model: name, data }),
      });

      const results = await openAiModel(client).embed({ texts: ['hello world', 'hello'] });

      expect(results.map(({ promptTokens }) => promptTokens)).toEqual([2, 1]);
    });

    it('asks for fewer dimensions only when fewer are wanted', async () => {
      const results = [
        ...(await openAiModel(client).embed({ texts: ['a'], dimensions: 256 })),
        ...(await openAiModel(client).embed({ texts: ['a'], dimensions: 1536 })),
        ...(await openAiModel(client, { dimensions: 512 }).embed({ texts: ['a'] })),
        ...(await openAiModel(client, { name: 'text-embedding-ada-002' }).embed({ texts: ['a'] })),
      ];

      expect(results.map(({ vector }) => vector.length)).toEqual([256, 1536, 512, 1536]);
      expect(stub.calls.map(({ body }) => body.dimensions)).toEqual([256, undefined, 512, undefined]);
    });

    it('learns the dimensions of a model that is in no catalogue, and then holds it to them', async () => {
      const unheardOf = openAiModel(client, { name: 'unheard-of' });
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
          openAiModel(client)
            .embed({ texts: ['a'] })
            .then(() => {
              resolve();
            }, reject);
        });
      });
      await openAiModel(client).embed({ texts: ['b'] });

      expect(stub.calls.map(({ headers }) => headers['traceparent'])).toEqual([traceparent, undefined]);
    });

    it('needs no key for a server of one’s own', async () => {
      const keyless = openAiClient({ OPENAI_BASE_URL: stub.baseUrl });

      await openAiModel(keyless).embed({ texts: ['a'] });
      await keyless.onApplicationShutdown();

      expect(stub.calls[0]!.headers).not.toHaveProperty('authorization');
    });
  });

  describe('when its caller gives up', () => {
    const reason = new Error('client left');

    it.each(['before', 'mid-body'] as const)('ends the call, %s', async (when) => {
      stub.scriptNext({ kind: 'stall', when });
      const controller = new AbortController();
      const embedding = openAiModel(client).embed({ texts: ['a'], signal: controller.signal });
      await stub.untilCalled();

      controller.abort(reason);

      await expect(embedding).rejects.toBe(reason);
      await stub.untilAbandoned();
      expect(stub.abandonedCalls).toBe(1);
    });

    it('makes no call when that was before', async () => {
      await expect(
        openAiModel(client).embed({ texts: ['a'], signal: AbortSignal.abort(reason) }),
      ).rejects.toBe(reason);
      expect(stub.callCount).toBe(0);
    });
  });
});

import { Budgets } from '../limits/budgets.js';
import { MemoryBudgetStore } from '../limits/memory-budget-store.js';
import { OpenAiStub, stubVector } from '../../../test/support/openai-stub.js';
import { loadConfig } from '../../config/load-config.js';
import { CacheService } from '../cache/cache.service.js';
import { MemoryCacheStore } from '../cache/memory-cache-store.js';
import { EmbeddingModels } from './embedding-models.js';
import { CircuitBreakers } from './resilience/circuit-breakers.js';
import { ProviderCalls } from './provider-calls.js';
import { UsageMeter } from './usage-meter.js';
import { ProviderStates } from './provider-states.js';
import { OpenAiClient } from './providers/openai/openai-client.js';
import { lexicalVector } from './providers/local/lexical-vector.js';

const KEY = { OPENAI_API_KEY: 'sk-test' };

describe('EmbeddingModels', () => {
  const clients: OpenAiClient[] = [];

  function modelsFor(variables: Record<string, string>): EmbeddingModels {
    const config = loadConfig(variables);
    const client = new OpenAiClient(config);
    clients.push(client);
    const cache = new CacheService(new MemoryCacheStore(config.cache.maxBytes), config);
    return new EmbeddingModels(
      config,
      cache,
      client,
      new ProviderCalls(
        new ProviderStates(config),
        new UsageMeter(),
        new Budgets(config, new MemoryBudgetStore()),
      ),
      new CircuitBreakers(config),
    );
  }

  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.onApplicationShutdown()));
  });

  describe('without OpenAI', () => {
    it('lists the local model, which is the default', () => {
      const models = modelsFor({});

      expect(models.list().map(({ id }) => id)).toEqual(['local-lexical']);
      expect(models.isDefault('local-lexical')).toBe(true);
      expect(models.get()).toBe(models.default);
      expect(models.get('local-lexical')).toBe(models.default);
      expect(models.get('local/local-lexical')).toBe(models.default);
    });

    it('embeds, and says so truly when the vector was there already', async () => {
      const model = modelsFor({}).default;
      const vector = lexicalVector('solar panels', 384);

      await expect(model.embed({ texts: ['solar panels'] })).resolves.toEqual([
        { vector, promptTokens: 2, cached: false },
      ]);
      await expect(model.embed({ texts: ['solar panels'] })).resolves.toEqual([
        { vector, promptTokens: 0, cached: true },
      ]);
    });

    it('refuses a text of more than 8,192 words', async () => {
      const texts = ['word '.repeat(8192), 'word '.repeat(8193)];

      await expect(modelsFor({}).default.embed({ texts })).rejects.toMatchObject({
        name: 'InputTooLongError',
        index: 1,
      });
    });

    it.each(['text-embedding-3-small', 'openai/anything'])('names the setting that %s needs', (id) => {
      expect(() => modelsFor({}).get(id)).toThrow(
        expect.objectContaining({
          code: 'not-configured',
          message: expect.stringContaining('OPENAI_API_KEY') as string,
        }) as Error,
      );
    });

    it('does not start with a default that it can not make', () => {
      expect(() => modelsFor({ EMBEDDING_MODEL: 'unheard-of' })).toThrow('OPENAI_API_KEY');
    });
  });

  describe('with OpenAI', () => {
    it('lists its models too, the default first', () => {
      const models = modelsFor({ ...KEY, EMBEDDING_DIMENSIONS: '512' });

      expect(models.list().map(({ id, dimensions }) => [id, dimensions])).toEqual([
        ['text-embedding-3-small', 512],
        ['local-lexical', 384],
        ['text-embedding-3-large', 3072],
        ['text-embedding-ada-002', 1536],
      ]);
    });

    it('lists a default that is in no catalogue, and finds it with and without its provider', () => {
      const models = modelsFor({ ...KEY, EMBEDDING_MODEL: 'BAAI/bge-m3' });

      expect(models.list().map(({ id }) => id)).toContain('BAAI/bge-m3');
      expect(models.get('BAAI/bge-m3')).toBe(models.default);
      expect(models.get('openai/BAAI/bge-m3')).toBe(models.default);
    });

    it('gives the same model for the same id', () => {
      const models = modelsFor(KEY);

      for (const id of ['text-embedding-3-large', 'local-lexical', 'openai/anything']) {
        expect(models.get(id)).toBe(models.get(id));
      }
      expect(models.get('openai/text-embedding-3-large')).toBe(models.get('text-embedding-3-large'));
      expect(models.get('openai/anything').descriptor).toMatchObject({
        id: 'openai/anything',
        pricePerMillionTokens: null,
      });
    });

    it('keeps no more than 32 models that are in no catalogue', () => {
      const models = modelsFor(KEY);
      const first = models.get('openai/model-0');
      for (let index = 1; index < 32; index += 1) models.get(`openai/model-${index}`);
      expect(models.get('openai/model-0')).toBe(first);
      const second = models.get('openai/model-1');

      models.get('openai/model-32');
      models.get('openai/model-33');

      expect(models.get('openai/model-0')).toBe(first);
      expect(models.get('openai/model-1')).toBe(second);
    });

    it.each([
      'unheard-of',
      'BAAI/bge-m3',
      'local/other',
      'openai/',
      `openai/${'x'.repeat(129)}`,
      'openai/a b',
      '',
    ])('knows no %j', (id) => {
      expect(() => modelsFor(KEY).get(id)).toThrow(
        expect.objectContaining({
          name: 'UnknownModelError',
          knownIds: expect.arrayContaining(['local-lexical', 'text-embedding-3-small']) as string[],
        }) as Error,
      );
    });
  });

  describe('against a server', () => {
    let stub: OpenAiStub;
    let models: EmbeddingModels;

    beforeAll(async () => {
      stub = await OpenAiStub.start();
    });

    beforeEach(() => {
      stub.reset();
      models = modelsFor({ OPENAI_BASE_URL: stub.baseUrl, PROVIDER_TIMEOUT_MS: '5000' });
    });

    afterAll(async () => {
      await stub.close();
    });

    function names(count: number): string[] {
      return Array.from({ length: count }, (_, index) => `text number ${index}`);
    }

    it('serves 100 that come together with a handful of calls', async () => {
      const texts = names(100);

      const results = await Promise.all(texts.map((text) => models.default.embed({ texts: [text] })));

      expect(results.flat().map(({ vector }) => vector)).toEqual(texts.map((text) => stubVector(text, 1536)));
      expect(stub.callCount).toBeLessThanOrEqual(8);
      expect(stub.inputs.length).toBe(100);
    });

    it('serves 100 with the same text with one call, and bills one of them', async () => {
      const results = await Promise.all(names(100).map(() => models.default.embed({ texts: ['same'] })));

      expect(stub.inputs).toEqual(['same']);
      expect(results.flat().filter(({ cached }) => !cached)).toHaveLength(1);
      expect(results.flat().reduce((sum, { promptTokens }) => sum + promptTokens, 0)).toBe(1);
    });

    it('splits 5,000 texts into three calls', async () => {
      const texts = names(5000);

      const results = await models.default.embed({ texts, dimensions: 8 });

      expect(results.map(({ vector }) => vector)).toEqual(texts.map((text) => stubVector(text, 8)));
      expect(stub.calls.map(({ body }) => body.input.length).sort()).toEqual([2048, 2048, 904].sort());
    });

    it('overcomes an outage that passes', async () => {
      stub.failNext(503, { count: 2, headers: { 'retry-after': '0' } });

      await expect(models.default.embed({ texts: ['a'] })).resolves.toHaveLength(1);
      expect(stub.callCount).toBe(3);
    });

    it('gives up after PROVIDER_MAX_RETRIES', async () => {
      stub.failNext(429, { count: 3, headers: { 'retry-after': '0' } });

      await expect(models.default.embed({ texts: ['a'] })).rejects.toMatchObject({ code: 'rate-limited' });
      expect(stub.callCount).toBe(3);
    });

    it('lets no one’s text fail another’s', async () => {
      stub.refusedMark = 'bad';
      const good = names(20).map((text) => models.default.embed({ texts: [text] }));

      await expect(models.default.embed({ texts: ['a bad text'] })).rejects.toMatchObject({
        code: 'provider-error',
      });
      await expect(Promise.all(good)).resolves.toHaveLength(20);
    });

    it('refuses a text that is too long without a call', async () => {
      await expect(models.default.embed({ texts: ['hello '.repeat(8193)] })).rejects.toMatchObject({
        name: 'InputTooLongError',
      });
      expect(stub.callCount).toBe(0);
    });

    it('ends the call when everybody has left', async () => {
      stub.scriptNext({ kind: 'stall', when: 'before' });
      const reason = new Error('client left');
      const controller = new AbortController();
      const leaving = ['a', 'b'].map((text) =>
        models.default.embed({ texts: [text], signal: controller.signal }),
      );
      await stub.untilCalled();

      controller.abort(reason);

      for (const one of leaving) await expect(one).rejects.toBe(reason);
      await stub.untilAbandoned();
      expect(stub.callCount).toBe(1);
    });
  });
});

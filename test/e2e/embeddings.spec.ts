import fc from 'fast-check';
import { JsonClient } from '../support/json-client.js';
import { OpenAiStub } from '../support/openai-stub.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

interface Generated {
  embedding: number[];
  model: string;
  dimensions: number;
  usage: { prompt_tokens: number; total_tokens: number; cost_usd: number | null };
  cached: boolean;
}

interface Batched {
  embeddings: number[][];
  model: string;
  count: number;
  cached_count: number;
  usage: { prompt_tokens: number };
}

const GENERATE = '/api/v1/embeddings/generate';
const BATCH = '/api/v1/embeddings/batch';
const SIMILARITY = '/api/v1/embeddings/similarity';
const MODELS = '/api/v1/embeddings/models';

const norm = (vector: readonly number[]) => Math.hypot(...vector);

describe('embeddings with nothing configured', () => {
  let service: TestApp;
  let client: JsonClient;

  beforeAll(async () => {
    service = await startTestApp();
    client = new JsonClient(service.url);
  });
  afterAll(() => service.close());

  it('embeds a text with the local model', async () => {
    const { status, body } = await client.post<Generated>(GENERATE, { text: 'A cat sat on the mat.' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ model: 'local-lexical', dimensions: 384 });
    expect(body.embedding).toHaveLength(384);
    expect(norm(body.embedding)).toBeCloseTo(1, 5);
    expect(body.usage.cost_usd).toBe(0);
  });

  it('answers in base64 as well, with the same vector', async () => {
    const text = 'The same either way.';
    const numbers = await client.post<Generated>(GENERATE, { text });
    const packed = await client.post<{ embedding: string }>(GENERATE, { text, encoding_format: 'base64' });
    const bytes = Buffer.from(packed.body.embedding, 'base64');
    const decoded = Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readFloatLE(index * 4));
    expect(decoded).toEqual(numbers.body.embedding);
  });

  it('makes shorter vectors, within bounds', async () => {
    const { body } = await client.post<Generated>(GENERATE, { text: 'short', dimensions: 64 });
    expect(body.embedding).toHaveLength(64);
    for (const dimensions of [63, 385]) {
      const refused = await client.post(GENERATE, { text: 'short', dimensions });
      expect(refused.status).toBe(422);
      expect(refused.body).toMatchObject({ errors: [{ loc: ['body', 'dimensions'] }] });
    }
  });

  it('embeds a batch in its order, as one by one', async () => {
    const texts = ['first text', 'second text', 'first text'];
    const { status, body } = await client.post<Batched>(BATCH, { texts });
    expect(status).toBe(200);
    expect(body).toMatchObject({ count: 3, model: 'local-lexical' });
    for (const [index, text] of texts.entries()) {
      const single = await client.post<Generated>(GENERATE, { text });
      expect(body.embeddings[index]).toEqual(single.body.embedding);
    }
  });

  it('compares texts', async () => {
    const similarity = async (text1: string, text2: string) =>
      (await client.post<{ similarity: number }>(SIMILARITY, { text1, text2 })).body.similarity;
    expect(await similarity('the same', 'the same')).toBeCloseTo(1, 6);
    const alike = await similarity('Cats sleep all day.', 'The cat was sleeping.');
    expect(alike).toBeGreaterThan(await similarity('Cats sleep all day.', 'Quarterly revenue grew.'));
  });

  it('lists the local model alone', async () => {
    const { body } = await client.get<{ models: unknown[] }>(MODELS);
    expect(body.models).toEqual([
      {
        id: 'local-lexical',
        provider: 'local',
        dimensions: 384,
        min_dimensions: 64,
        max_input_tokens: 8192,
        price_per_million_tokens: 0,
        default: true,
      },
    ]);
  });

  it('says which setting makes an OpenAI model usable, and refuses a model that nobody knows', async () => {
    const unconfigured = await client.post(GENERATE, { text: 'x', model: 'text-embedding-3-small' });
    expect(unconfigured.status).toBe(503);
    expect(unconfigured.body).toMatchObject({ type: '/problems/not-configured' });
    expect(String(unconfigured.body['detail'])).toContain('OPENAI_API_KEY');
    const unknown = await client.post(GENERATE, { text: 'x', model: 'no-such-model' });
    expect(unknown.status).toBe(422);
    expect(unknown.body).toMatchObject({ errors: [{ loc: ['body', 'model'], type: 'unknown_model' }] });
  });

  it('names the text of a batch that is too long', async () => {
    const texts = ['fine', 'word '.repeat(9000)];
    const { status, body } = await client.post(BATCH, { texts });
    expect(status).toBe(422);
    expect(body).toMatchObject({ errors: [{ loc: ['body', 'texts', 1] }] });
  });
});

describe('embeddings with OpenAI', () => {
  let stub: OpenAiStub;
  let service: TestApp;
  let client: JsonClient;

  beforeAll(async () => {
    stub = await OpenAiStub.start();
    service = await startTestApp({
      OPENAI_API_KEY: 'sk-hunter2',
      OPENAI_BASE_URL: stub.baseUrl,
      PROVIDER_MAX_RETRIES: '0',
      PROVIDER_TIMEOUT_MS: '500',
    });
    client = new JsonClient(service.url);
  });
  afterAll(async () => {
    await service.close();
    await stub.close();
  });
  beforeEach(() => {
    stub.reset();
  });

  it('is the default, and says what a call cost', async () => {
    const { body } = await client.post<Generated>(GENERATE, { text: 'what it costs' });
    expect(body).toMatchObject({ model: 'text-embedding-3-small', dimensions: 1536, cached: false });
    expect(body.usage.prompt_tokens).toBeGreaterThan(0);
    expect(body.usage.cost_usd).toBeCloseTo((body.usage.prompt_tokens * 0.02) / 1e6, 12);
    const again = await client.post<Generated>(GENERATE, { text: 'what it costs' });
    expect(again.body).toEqual({
      ...body,
      cached: true,
      usage: { prompt_tokens: 0, total_tokens: 0, cost_usd: 0 },
    });
    expect(stub.callCount).toBe(1);
  });

  it('answers any mix of hits, misses and duplicates like an empty cache would', async () => {
    const fresh = new Map<string, number[]>();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'), { minLength: 1, maxLength: 12 }),
        fc.nat(20),
        async (letters, salt) => {
          const texts = letters.map((letter) => `${letter} of ${salt}`);
          const { body } = await client.post<Batched>(BATCH, { texts });
          body.embeddings.forEach((embedding, index) => {
            const text = texts[index]!;
            expect(embedding).toEqual(fresh.get(text) ?? embedding);
            fresh.set(text, embedding);
          });
          expect(body.cached_count).toBeGreaterThanOrEqual(texts.length - new Set(texts).size);
        },
      ),
      { numRuns: 60, seed: 7 },
    );
    expect(new Set([...fresh.values()].map((vector) => vector.join())).size).toBe(fresh.size);
    expect(new Set(stub.inputs).size).toBe(stub.inputs.length);
  });

  it.each([
    [400, 502, '/problems/provider-error'],
    [401, 502, '/problems/provider-error'],
    [429, 429, '/problems/rate-limited'],
    [500, 502, '/problems/provider-error'],
    [503, 502, '/problems/provider-error'],
  ])('answers a provider %i with %i', async (upstream, status, type) => {
    stub.failNext(upstream, { headers: { 'retry-after': '7' }, count: 5 });
    const answer = await client.post(GENERATE, { text: `fails with ${upstream}` });
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ type });
    expect(JSON.stringify(answer.body)).not.toMatch(/hunter2|upstream said|127\.0\.0\.1/u);
    expect(answer.headers.get('retry-after')).toBe(upstream === 429 ? '7' : null);
  });

  it('answers 504 when the provider stalls, 502 when it cuts the line or talks nonsense', async () => {
    stub.scriptNext({ kind: 'stall', when: 'before' });
    expect((await client.post(GENERATE, { text: 'stalls' })).status).toBe(504);
    stub.scriptNext({ kind: 'reset', when: 'mid-body' });
    expect((await client.post(GENERATE, { text: 'cut' })).status).toBe(502);
    stub.scriptNext({ kind: 'spoil', change: (answer) => ({ ...answer, data: [] }) });
    expect((await client.post(GENERATE, { text: 'nonsense' })).status).toBe(502);
  });
});

import { JsonClient } from '../support/json-client.js';
import { OpenAiStub } from '../support/openai-stub.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const TEXT = 'The hotel was lovely and the staff were kind, but the room was far too small.';

describe('analysis without a model provider', () => {
  let service: TestApp;
  let client: JsonClient;

  beforeAll(async () => {
    service = await startTestApp();
    client = new JsonClient(service.url);
  });
  afterAll(() => service.close());

  const post = (name: string, body: object) => client.post(`/api/v1/analysis/${name}`, body);

  it.each([
    ['sentiment', {}, 'local-vader'],
    ['keywords', {}, 'local-noun-phrases'],
    ['summarize', {}, 'local-centroid'],
    ['classify', { categories: ['travel', 'food'] }, 'local-word-vectors'],
  ])('does %s by itself, and says by what', async (name, more, model) => {
    const expected = { model, provider: 'local', usage: { cost_usd: 0 } };
    expect(await post(name, { text: TEXT, ...more })).toMatchObject({ status: 200, body: expected });
    expect(await post(name, { text: TEXT, ...more, model: 'local' })).toMatchObject({
      status: 200,
      body: expected,
    });
    expect(await post(name, { text: TEXT, ...more, model })).toMatchObject({ status: 200, body: expected });
  });

  it('analyzes by itself in several ways at once', async () => {
    const { status, body } = await post('analyze', { text: TEXT });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      sentiment: { score: expect.any(Number) as number, confidence: expect.any(Number) as number },
      summary: expect.any(String) as string,
      keywords: expect.arrayContaining(['hotel']) as string[],
      word_count: 16,
      character_count: TEXT.length,
      language: 'en',
      model: 'local-vader, local-centroid, local-noun-phrases',
      provider: 'local',
    });
  });

  it('says nothing of the language of a text that is in none', async () => {
    expect(
      (await post('analyze', { text: '12345 67890', analyses: ['keywords'] })).body['language'],
    ).toBeNull();
  });

  it.each([{}, { model: 'gpt-5-mini' }, { model: 'claude-opus-4' }, { stream: true }])(
    'cannot generate with %j, and names the settings',
    async (more) => {
      const { status, body } = await post('generate', { prompt: 'Say hello.', ...more });
      expect(status).toBe(503);
      expect(body['type']).toBe('/problems/not-configured');
      expect(String(body['detail'])).toMatch(/OPENAI_API_KEY|ANTHROPIC_API_KEY/u);
    },
  );

  it('names both settings when no model is asked for', async () => {
    const { body } = await post('generate', { prompt: 'Say hello.' });
    expect(String(body['detail'])).toMatch(/OPENAI_API_KEY.*ANTHROPIC_API_KEY/u);
  });

  it.each([
    ['sentiment', {}, 'local-noun-phrases', 'local, local-vader'],
    ['sentiment', {}, 'nobody-knows', 'local, local-vader'],
    ['keywords', {}, 'local-vader', 'local, local-noun-phrases'],
    ['summarize', {}, 'local-vader', 'local, local-centroid'],
    ['classify', { categories: ['a', 'b'] }, 'local-vader', 'local, local-word-vectors'],
    ['analyze', {}, 'local-vader', 'local'],
  ])('refuses to %s (%j) by %s, and names what it could be', async (name, more, model, known) => {
    const { status, body } = await post(name, { text: TEXT, ...more, model });
    const detail =
      `model must be one of ${known}, or a language model, which needs OPENAI_API_KEY or OPENAI_BASE_URL, ` +
      'or ANTHROPIC_API_KEY or ANTHROPIC_BASE_URL';
    expect({ status, body }).toMatchObject({
      status: 422,
      body: { detail, errors: [{ loc: ['body', 'model'] }] },
    });
  });

  it.each(['local', 'nobody-knows'])(
    'refuses to generate by %s, which is no language model',
    async (model) => {
      const { status, body } = await post('generate', { prompt: 'Say hello.', model });
      expect(status).toBe(422);
      expect(body['detail']).toMatch(/^model must be a language model, which needs OPENAI_API_KEY/u);
    },
  );

  it('says which setting a named model needs', async () => {
    const { status, body } = await post('sentiment', { text: TEXT, model: 'claude-opus-4' });
    expect(status).toBe(503);
    expect(String(body['detail'])).toContain('ANTHROPIC_API_KEY');
  });

  it('stays responsive while it takes in the longest text', async () => {
    const text = `${TEXT} `.repeat(2600).slice(0, 200_000);
    const analyzing = post('analyze', { text });
    const health = await client.get('/health');
    expect(health.status).toBe(200);
    expect((await analyzing).status).toBe(200);
  });
});

describe('ANALYSIS_PROVIDER', () => {
  it('local keeps texts to the local analyzers although a provider is configured', async () => {
    const stub = await OpenAiStub.start();
    const service = await startTestApp({
      OPENAI_API_KEY: 'sk-hunter2',
      OPENAI_BASE_URL: stub.baseUrl,
      ANALYSIS_PROVIDER: 'local',
    });
    const { body } = await new JsonClient(service.url).post('/api/v1/analysis/keywords', { text: TEXT });
    expect(body['provider']).toBe('local');
    expect(stub.chat.calls).toEqual([]);
    await service.close();
    await stub.close();
  });

  it('llm needs a provider', async () => {
    const service = await startTestApp({ ANALYSIS_PROVIDER: 'llm' });
    const { status } = await new JsonClient(service.url).post('/api/v1/analysis/keywords', { text: TEXT });
    expect(status).toBe(503);
    await service.close();
  });
});

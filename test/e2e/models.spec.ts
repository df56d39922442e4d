import { startTestApp, type TestApp } from '../support/test-app.js';

interface Model {
  id: string;
  kind: string;
  provider: string;
  retires_on: string | null;
  default: boolean;
}

async function modelsOf(app: TestApp): Promise<Model[]> {
  const response = await fetch(`${app.url}/api/v1/models`);
  expect(response.status).toBe(200);
  return ((await response.json()) as { models: Model[] }).models;
}

describe('GET /api/v1/models', () => {
  it('lists what there is without any key', async () => {
    const app = await startTestApp();
    const models = await modelsOf(app);
    const ready = (await (await fetch(`${app.url}/ready`)).json()) as { details: Record<string, unknown> };
    await app.close();
    expect(models).toEqual([
      {
        id: 'local-lexical',
        kind: 'embedding',
        provider: 'local',
        context_tokens: 8192,
        dimensions: 384,
        price_per_million_input_tokens: 0,
        retires_on: null,
        default: true,
      },
    ]);
    expect(ready.details).toMatchObject({
      openai: { status: 'not_configured' },
      anthropic: { status: 'not_configured' },
    });
  });

  it('lists those of every provider that has a key, one default of each kind', async () => {
    const app = await startTestApp({ OPENAI_API_KEY: 'a', ANTHROPIC_API_KEY: 'b' });
    const models = await modelsOf(app);
    const ready = (await (await fetch(`${app.url}/ready`)).json()) as { details: Record<string, unknown> };
    await app.close();
    expect(ready.details).toMatchObject({ openai: { status: 'up' }, anthropic: { status: 'up' } });
    expect(models.filter((model) => model.default).map(({ id, kind }) => [kind, id])).toEqual([
      ['chat', 'gpt-6.1-terra'],
      ['embedding', 'text-embedding-3-small'],
      ['transcription', 'gpt-transcribe'],
    ]);
    expect(models).toContainEqual({
      id: 'claude-sonnet-4-5',
      kind: 'chat',
      provider: 'anthropic',
      context_tokens: 200_000,
      max_output_tokens: 64_000,
      price_per_million_input_tokens: 3,
      price_per_million_output_tokens: 15,
      retires_on: '2026-11-30',
      default: false,
    });
    expect(models).toContainEqual({
      id: 'whisper-1',
      kind: 'transcription',
      provider: 'openai',
      context_tokens: null,
      max_seconds: null,
      max_bytes: 24_936_000,
      price_per_million_input_tokens: null,
      price_per_minute_usd: 0.006,
      retires_on: '2027-02-26',
      default: false,
    });
    expect(new Set(models.map(({ kind, id }) => `${kind} ${id}`)).size).toBe(models.length);
  });

  it('lists no models of transcription where only Anthropic is configured', async () => {
    const app = await startTestApp({ ANTHROPIC_API_KEY: 'b' });
    const models = await modelsOf(app);
    await app.close();
    expect(new Set(models.map(({ kind }) => kind))).toEqual(new Set(['chat', 'embedding']));
  });
});

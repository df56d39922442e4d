import { planBursts, renderBursts, toWav } from '../support/bursts.js';
import { exactRequest } from '../support/exact-request.js';
import { JsonClient } from '../support/json-client.js';
import { type MetricSample, readMetrics, sumOf } from '../support/metrics.js';
import { goodReply } from '../support/model-answers.js';
import { encodeMultipart } from '../support/multipart.js';
import { OpenAiStub } from '../support/openai-stub.js';
import { SpeechStub } from '../support/speech-stub.js';
import { postForEvents } from '../support/sse-client.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

interface Usage {
  readonly prompt_tokens: number;
  readonly completion_tokens?: number;
  readonly cost_usd: number | null;
}

const NAMES = {
  calls: 'ml_service_provider_calls_total',
  failed: 'ml_service_provider_failed_calls_total',
  prompt: 'ml_service_provider_prompt_tokens_total',
  completion: 'ml_service_provider_completion_tokens_total',
  cost: 'ml_service_provider_cost_usd_total',
  unpriced: 'ml_service_provider_unpriced_calls_total',
} as const;

function totalsOf(samples: readonly MetricSample[], labels: Record<string, string> = {}) {
  const entries = Object.entries(NAMES).map(([key, name]) => [key, sumOf(samples, name, labels)]);
  return Object.fromEntries(entries) as Record<keyof typeof NAMES, number>;
}

function totalOf(usages: readonly Usage[]) {
  const sum = (of: (usage: Usage) => number) => usages.reduce((total, usage) => total + of(usage), 0);
  return {
    prompt: sum((usage) => usage.prompt_tokens),
    completion: sum((usage) => usage.completion_tokens ?? 0),
    cost: sum((usage) => usage.cost_usd ?? 0),
  };
}

const TEXT = 'The hotel was lovely and the staff were kind, but the room was far too small.';

describe('the use of providers in /metrics', () => {
  let stub: OpenAiStub;
  let service: TestApp;
  let usages: Usage[];

  beforeAll(async () => {
    stub = await OpenAiStub.start();
    service = await startTestApp({
      OPENAI_API_KEY: 'a',
      OPENAI_BASE_URL: stub.baseUrl,
      PROVIDER_MAX_RETRIES: '1',
    });
    let call = 0;
    stub.chat.usualReply = (asked) => {
      call += 1;
      return { ...goodReply(asked), promptTokens: 100 + call, completionTokens: 10 + call };
    };
    usages = await useEverything();
  });
  afterAll(async () => {
    await service.close();
    await stub.close();
  });

  async function useEverything(): Promise<Usage[]> {
    const client = new JsonClient(service.url);
    const spent: Usage[] = [];
    const post = async (path: string, body: object, status = 200) => {
      const answer = await client.post<{ usage?: Usage }>(`/api/v1/${path}`, body);
      expect([path, answer.status]).toEqual([path, status]);
      if (answer.body.usage) spent.push(answer.body.usage);
    };
    await post('rag/index', { documents: Array.from({ length: 5 }, (_, id) => ({ text: `${TEXT} ${id}` })) });
    stub.chat.replyNext({ content: '{"nonsense":', promptTokens: 7, completionTokens: 3 });
    await post('analysis/sentiment', { text: TEXT });
    stub.chat.failNext(503);
    await post('analysis/generate', { prompt: 'x' });
    stub.chat.failNext(401);
    await post('analysis/generate', { prompt: 'x' }, 502);
    await post('analysis/generate', { prompt: 'x', model: 'openai/hunter2' });
    await Promise.all([
      post('analysis/summarize', { text: TEXT }),
      post('analysis/summarize', { text: `${TEXT} `.repeat(2000), model: 'gpt-4o-mini' }),
      post('analysis/analyze', { text: TEXT, model: 'gpt-4.1-mini' }),
      post('analysis/classify', { text: TEXT, categories: ['travel', 'food'] }),
      post('analysis/generate', { prompt: 'x', response_schema: { type: 'object' }, model: 'gpt-6-luna' }),
      post('embeddings/generate', { text: 'same text' }),
      post('embeddings/generate', { text: 'same text' }),
      post('embeddings/batch', { texts: ['a', 'b', 'a'], model: 'text-embedding-3-large' }),
      post('embeddings/generate', { text: 'c', model: 'openai/hunter3' }),
      post('rag/query', { query: 'What is the hotel like?' }),
    ]);
    const { events } = await postForEvents(`${service.url}/api/v1/analysis/generate`, {
      prompt: 'x',
      stream: true,
    });
    spent.push(events.at(-1)?.data['usage'] as Usage);
    return spent;
  }

  it('adds up to what the answers said', async () => {
    const samples = await readMetrics(service.url);
    const totals = totalsOf(samples);
    const expected = totalOf(usages);
    expect(usages).toHaveLength(15);
    expect(expected.cost).toBeGreaterThan(0);
    expect([totals.prompt, totals.completion]).toEqual([expected.prompt, expected.completion]);
    expect(totals.cost).toBeCloseTo(expected.cost, 12);
    expect(totals).toMatchObject({
      calls: stub.chat.calls.length + stub.callCount,
      failed: 3,
      unpriced: 2,
    });
  });

  it('tells capabilities, providers and models apart', async () => {
    const samples = await readMetrics(service.url);
    const of = (capability: string, model: string) =>
      totalsOf(samples, { capability, provider: 'openai', model });
    expect(of('embeddings', 'text-embedding-3-large')).toMatchObject({ calls: 1, prompt: 2, completion: 0 });
    expect(of('analysis.classify', 'gpt-6.1-terra')).toMatchObject({ calls: 1, failed: 0 });
    expect(of('analysis.generate', 'gpt-6.1-terra')).toMatchObject({ failed: 2, unpriced: 0 });
    expect(of('rag.query', 'gpt-6.1-terra').calls).toBe(1);
  });

  it('names no model that only a client has named', async () => {
    const samples = await readMetrics(service.url);
    expect(JSON.stringify(samples)).not.toContain('hunter');
    expect(totalsOf(samples, { model: 'other' })).toMatchObject({ calls: 2, unpriced: 2, cost: 0 });
  });
});

describe('the use of speech models in /metrics', () => {
  it('adds up to what the answers said', async () => {
    const stub = await SpeechStub.start();
    const service = await startTestApp({
      OPENAI_BASE_URL: stub.baseUrl,
      EMBEDDING_MODEL: 'local-lexical',
      TRANSCRIPTION_PIECE_SECONDS: '20',
    });
    const usages: Usage[] = [];
    const speech = toWav(renderBursts(planBursts(65, 7), { from: 0, to: 65, sampleRate: 16_000 }), 16_000);
    for (const model of ['whisper-1', 'gpt-transcribe']) {
      const { text } = await exactRequest(service.url, {
        method: 'POST',
        path: '/api/v1/transcription/transcribe',
        ...encodeMultipart({ model, timestamps: 'segment' }, [{ name: 'a.wav', content: speech }]),
      });
      usages.push((JSON.parse(text) as { usage: Usage }).usage);
    }
    const samples = await readMetrics(service.url);
    await service.close();
    await stub.close();
    const expected = totalOf(usages);
    expect(expected.cost).toBeGreaterThan(0);
    expect(stub.calls.length).toBeGreaterThan(2);
    const totals = totalsOf(samples, { capability: 'transcription', provider: 'openai' });
    expect(totals).toMatchObject({
      calls: stub.calls.length,
      failed: 0,
      prompt: expected.prompt,
      completion: expected.completion,
    });
    expect(totals.cost).toBeCloseTo(expected.cost, 5);
  });
});

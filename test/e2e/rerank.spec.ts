import { STUB_PROVIDERS, type StubProvider } from '../support/chat-providers.js';
import { JsonClient } from '../support/json-client.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const DOCUMENTS = ['Cats sleep.', 'Cats sleep sixteen hours a day.', 'Cats sleep on sofas.'].map(
  (text, index) => ({
    id: `d${index}`,
    text,
  }),
);
const SEARCH = { query: 'cats sleep', mode: 'keyword', limit: 2 };

interface SearchAnswer extends Record<string, unknown> {
  readonly results: readonly { readonly document_id: string; readonly score: number }[];
  readonly usage: Record<string, number>;
}

/** Judges the passage about hours best, wherever it is. */
function judgements(content: string): string {
  const passages = [...content.matchAll(/BEGIN PASSAGE (\d+) [^\n]*\n([^\n]*)/gu)];
  return JSON.stringify({
    judgements: passages.map(([, number, text]) => ({
      passage: Number(number),
      relevance: text?.includes('hours') ? 10 : 2,
    })),
  });
}

describe.each(STUB_PROVIDERS)('reranking by %s', (_, start) => {
  let provider: StubProvider;
  let service: TestApp;
  let client: JsonClient;

  beforeAll(async () => {
    provider = await start();
    service = await startTestApp(provider.variables);
    client = new JsonClient(service.url);
    await client.post('/api/v1/rag/index', { documents: DOCUMENTS });
  });
  afterAll(async () => {
    await service.close();
    await provider.close();
  });
  beforeEach(() => {
    provider.chat.reset();
    provider.chat.usualReply = (call) => ({
      content: judgements(JSON.stringify(call).replaceAll(String.raw`\n`, '\n')),
      end: 'stop',
      promptTokens: 50,
      completionTokens: 9,
    });
  });

  const search = (body: object) => client.post<SearchAnswer>('/api/v1/rag/search', { ...SEARCH, ...body });

  it('is asked for, and then changes order and score', async () => {
    const plain = await search({});
    expect(plain.body.results[0]).toMatchObject({ document_id: 'd0' });
    expect(provider.chat.calls).toHaveLength(0);
    const { status, body } = await search({ rerank: true });
    expect(status).toBe(200);
    expect(body.results.map(({ document_id: id, score }) => [id, score])).toEqual([
      ['d1', 1],
      ['d0', 0.2],
    ]);
    expect(body.usage).toMatchObject({ prompt_tokens: 50, completion_tokens: 9, total_tokens: 59 });
    expect(provider.chat.calls).toHaveLength(1);
  });

  it('applies min_score to the judgement', async () => {
    const { body } = await search({ rerank: true, min_score: 0.5 });
    expect(body.results.map(({ document_id: id }) => id)).toEqual(['d1']);
  });

  it('fails as the provider does', async () => {
    provider.chat.failNext(500);
    expect((await search({ rerank: true })).status).toBe(502);
  });
});

describe('reranking without a chat model', () => {
  it('is refused, naming what would configure it', async () => {
    const service = await startTestApp();
    const client = new JsonClient(service.url);
    await client.post('/api/v1/rag/index', { documents: DOCUMENTS });
    const { status, body } = await client.post('/api/v1/rag/search', { ...SEARCH, rerank: true });
    await service.close();
    expect(status).toBe(503);
    expect(body['detail']).toContain('OPENAI_API_KEY');
  });
});

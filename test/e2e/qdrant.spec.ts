import { JsonClient } from '../support/json-client.js';
import { QdrantStandIn } from '../support/qdrant/qdrant-stand-in.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

interface SearchAnswer {
  readonly results: readonly {
    readonly document_id: string;
    readonly score: number;
    readonly metadata: object;
  }[];
}

interface Problem {
  readonly type: string;
  readonly detail: string;
}

const KEY = 'hunter2-of-qdrant';
const TIMEOUT_MS = 3000;
const DOCUMENTS = [
  { id: 'apple', text: 'Apples grow on trees in the orchard.', metadata: { kind: 'fruit', year: 2026 } },
  { id: 'ship', text: 'Ships lie in the harbour.', metadata: { kind: 'vessel', year: 2020 } },
];

describe('the service with Qdrant', () => {
  let qdrant: QdrantStandIn;
  let service: TestApp;
  let client: JsonClient;

  beforeAll(async () => {
    qdrant = await QdrantStandIn.start(KEY);
    service = await startTestApp({
      VECTOR_STORE: 'qdrant',
      QDRANT_URL: qdrant.url,
      QDRANT_API_KEY: KEY,
      QDRANT_TIMEOUT_MS: String(TIMEOUT_MS),
    });
    client = new JsonClient(service.url);
  });
  afterAll(async () => {
    await service.close();
    await qdrant.close();
  });

  const index = (documents: readonly object[] = DOCUMENTS, collection = 'default') =>
    client.post('/api/v1/rag/index', { collection, documents });
  const search = (body: object) => client.post<SearchAnswer & Problem>('/api/v1/rag/search', body);

  it('indexes, searches, answers, lists, deletes and counts', async () => {
    expect(await index()).toMatchObject({ status: 200, body: { indexed: 2, chunks: 2 } });
    expect(await index()).toMatchObject({ body: { indexed: 0, unchanged: 2 } });
    for (const mode of ['dense', 'keyword', 'hybrid']) {
      const { status, body } = await search({
        query: 'orchard trees',
        mode,
        filter: { year: { $gte: 2025 } },
      });
      expect(status).toBe(200);
      expect(body.results.map((result) => result.document_id)).toEqual(['apple']);
      expect(body.results[0]?.metadata).toEqual({ kind: 'fruit', year: 2026 });
    }
    const answer = await client.post<{ answer: string; sources: unknown[] }>('/api/v1/rag/query', {
      query: 'Where do ships lie?',
    });
    expect(answer.body.answer).toContain('harbour');
    const stats = await client.get('/api/v1/rag/stats');
    expect(stats.body).toMatchObject({ vector_store: 'qdrant', total_documents: 2, total_chunks: 2 });
    const found = await client.get('/api/v1/rag/collection/default/documents/ship');
    expect(found.body).toMatchObject({ chunks: [{ text: 'Ships lie in the harbour.' }] });
    expect((await client.delete('/api/v1/rag/collection/default/documents/ship')).status).toBe(200);
    expect((await search({ query: 'harbour', mode: 'keyword' })).body.results).toEqual([]);
    expect((await client.delete('/api/v1/rag/collection/default')).body).toMatchObject({
      documents: 1,
      chunks: 1,
    });
    expect((await search({ query: 'harbour' })).status).toBe(404);
  });

  it('keeps all collections in one collection of Qdrant, and leaves nothing of a deleted one there', async () => {
    const created = () => qdrant.calls.filter((call) => /^PUT \/collections\/[^/]+$/u.test(call)).length;
    const before = created();
    await index(DOCUMENTS, 'one');
    await index(DOCUMENTS, 'two');
    expect(created()).toBe(Math.max(before, 1));
    const held = qdrant.count('ml-service-384');
    await client.delete('/api/v1/rag/collection/two');
    expect(qdrant.count('ml-service-384')).toBe(held - 2);
    expect((await search({ query: 'orchard', collection: 'one' })).body.results).not.toEqual([]);
  });

  it('says what is missing while Qdrant is down, and goes on when it is back', async () => {
    await index(DOCUMENTS, 'outage');
    const comeBack = await qdrant.goDown();
    const ready = await client.get<{ details: object }>('/ready');
    expect(ready.status).toBe(503);
    expect(ready.body.details).toMatchObject({
      vector_store: { status: 'down' },
      database: { status: 'up' },
    });
    for (const call of [
      search({ query: 'orchard', collection: 'outage' }),
      index([{ text: 'new' }], 'outage'),
    ]) {
      const { status, body } = await call;
      expect([status, (body as Problem).type]).toEqual([503, '/problems/unavailable']);
      expect((body as Problem).detail).toContain('QDRANT_URL');
      expect(JSON.stringify(body)).not.toMatch(/127\.0\.0\.1|hunter2|ECONN/u);
    }
    expect((await client.get('/health')).status).toBe(200);
    await comeBack();
    expect((await client.get('/ready')).status).toBe(200);
    const { body } = await search({ query: 'orchard', collection: 'outage' });
    expect(body.results[0]?.document_id).toBe('apple');
  });

  it('waits no longer than it is told for a Qdrant that is silent', async () => {
    await index(DOCUMENTS, 'silence');
    qdrant.isStalled = true;
    const started = performance.now();
    const { status, body } = await search({ query: 'orchard', collection: 'silence' });
    const waited = performance.now() - started;
    qdrant.isStalled = false;
    expect([status, body.type]).toEqual([503, '/problems/unavailable']);
    expect(waited).toBeGreaterThanOrEqual(TIMEOUT_MS - 50);
    expect((await search({ query: 'orchard', collection: 'silence' })).status).toBe(200);
  });

  it('names the key where Qdrant refuses it', async () => {
    const other = await startTestApp({
      VECTOR_STORE: 'qdrant',
      QDRANT_URL: qdrant.url,
      QDRANT_API_KEY: 'wrong',
    });
    try {
      const { status, body } = await new JsonClient(other.url).post<Problem>('/api/v1/rag/index', {
        documents: DOCUMENTS,
      });
      expect([status, body.type]).toEqual([503, '/problems/not-configured']);
      expect(body.detail).toContain('QDRANT_API_KEY');
    } finally {
      await other.close();
    }
  });
});

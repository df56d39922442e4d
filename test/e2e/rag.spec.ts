import { JsonClient } from '../support/json-client.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

interface Result {
  document_id: string;
  chunk_id: string;
  text: string;
  score: number;
  dense_score?: number;
  keyword_score?: number;
  metadata: Record<string, unknown>;
}

interface SearchAnswer {
  results: Result[];
  count: number;
}

interface Answer {
  answer: string;
  sources: (Result & { number: number })[];
  citations: { source: number; start: number; end: number }[];
  model: string;
}

const HANDBOOK = [
  {
    id: 'holiday',
    title: 'Holiday policy',
    text: 'Employees get 25 days of holiday a year. Unused days expire at the end of March.',
    source: 'https://intranet.example/holiday',
    source_type: 'handbook',
    metadata: { department: 'people', year: 2026, tags: ['leave', 'benefits'] },
  },
  {
    id: 'travel',
    title: 'Travel',
    text: 'Book trains before flights. Hotels are paid by the company card.',
    source_type: 'handbook',
    metadata: { department: 'finance', year: 2024 },
  },
  {
    id: 'dogs',
    text: 'Dogs are welcome in the office on Fridays. They must be on a leash in the lift.',
    source_type: 'wiki',
    metadata: { department: 'people', author: { name: 'Kim' } },
  },
];

describe('rag', () => {
  let service: TestApp;
  let client: JsonClient;

  beforeAll(async () => {
    service = await startTestApp();
    client = new JsonClient(service.url);
  });
  afterAll(() => service.close());

  const index = (body: object) => client.post('/api/v1/rag/index', body);
  const search = async (body: object) => (await client.post<SearchAnswer>('/api/v1/rag/search', body)).body;
  const ids = async (body: object) => (await search(body)).results.map(({ document_id: id }) => id);
  const query = async (body: object) => (await client.post<Answer>('/api/v1/rag/query', body)).body;

  describe('with a handbook', () => {
    beforeAll(async () => {
      const { status, body } = await index({ documents: HANDBOOK });
      expect(status).toBe(200);
      expect(body).toMatchObject({
        collection: 'default',
        indexed: 3,
        unchanged: 0,
        chunks: 3,
        document_ids: ['holiday', 'travel', 'dogs'],
      });
    });

    it.each(['hybrid', 'dense', 'keyword'] as const)('finds the right passage in %s mode', async (mode) => {
      const { results, count } = await search({ query: 'How many holidays do employees get?', mode });
      expect(results[0]).toMatchObject({
        document_id: 'holiday',
        chunk_id: 'holiday#0',
        chunk_index: 0,
        title: 'Holiday policy',
        source: 'https://intranet.example/holiday',
        source_type: 'handbook',
        metadata: HANDBOOK[0]!.metadata,
      });
      expect(count).toBe(results.length);
      for (const { score } of results) {
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
      }
      expect('dense_score' in results[0]!).toBe(mode !== 'keyword');
      expect('keyword_score' in results[0]!).toBe(mode !== 'dense');
    });

    it.each([
      [{ department: 'people' }, ['dogs', 'holiday']],
      [{ department: { $ne: 'people' } }, ['travel']],
      [{ year: { $gte: 2025 } }, ['holiday']],
      [{ year: { $exists: false } }, ['dogs']],
      [{ tags: 'leave' }, ['holiday']],
      [{ 'author.name': { $in: ['Kim', 'Lee'] } }, ['dogs']],
      [{ $or: [{ document_id: 'travel' }, { source_type: 'wiki' }] }, ['dogs', 'travel']],
      [{ $not: { department: 'people' } }, ['travel']],
      [{ title: null }, ['dogs']],
    ])('filters by %j', async (filter, expected) => {
      for (const mode of ['dense', 'hybrid']) {
        expect((await ids({ query: 'anything at all', mode, filter })).sort()).toEqual(expected);
      }
    });

    it('filters by source types', async () => {
      expect(await ids({ query: 'office', source_types: ['wiki'] })).toEqual(['dogs']);
    });

    it('leaves out what scores less than asked', async () => {
      const all = await search({ query: 'dogs in the office' });
      const best = all.results[0]!;
      expect(await ids({ query: 'dogs in the office', min_score: best.score - 0.001 })).toEqual(['dogs']);
    });

    it('answers in the words of the passages, and cites them', async () => {
      const answer = await query({ query: 'Are dogs allowed in the office?' });
      expect(answer.model).toBe('local-extractive');
      const { source, start, end } = answer.citations[0]!;
      expect(answer.answer.slice(start, end)).toBe('Dogs are welcome in the office on Fridays.');
      const cited = answer.sources.find(({ number }) => number === source)!;
      expect(cited.document_id).toBe('dogs');
      expect(cited.text).toContain(answer.answer.slice(start, end));
    });

    it('says that it found nothing, and cites nothing, when nothing fits', async () => {
      for (const question of ['What is the capital of France?', 'quantum chromodynamics', '???']) {
        expect(await query({ query: question })).toMatchObject({
          answer: 'Nothing in the collection answers this question.',
          sources: [],
          citations: [],
        });
      }
    });

    it('streams an answer as events', async () => {
      const response = await fetch(`${service.url}/api/v1/rag/query`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: 'How many days of holiday do employees get?', stream: true }),
      });
      expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
      const events = (await response.text())
        .trim()
        .split('\n\n')
        .map((block) => /^event: (\w+)\ndata: (.+)$/u.exec(block)!)
        .map(([, event, data]) => ({ event, data: JSON.parse(data!) as Record<string, string> }));
      expect(events[0]?.event).toBe('sources');
      expect(events.at(-1)).toMatchObject({ event: 'done', data: { model: 'local-extractive' } });
      const deltas = events.filter(({ event }) => event === 'delta').map(({ data }) => data['content']);
      expect(deltas.length).toBeGreaterThan(3);
      expect(deltas.join('')).toBe(events.at(-1)?.data['answer']);
    });
  });

  describe('documents', () => {
    const collection = 'documents';
    const path = `/api/v1/rag/collection/${collection}/documents`;
    const text = Array.from({ length: 40 }, (_, number) => `Sentence number ${number} is here.`).join(' ');

    it('are cut, stored and returned with all their chunks', async () => {
      const { body } = await index({
        collection,
        documents: [{ id: 'long', text, metadata: { kept: null } }],
        chunk_size: 200,
        chunk_overlap: 50,
      });
      const { body: document } = await client.get<{
        characters: number;
        chunk_count: number;
        metadata: object;
        chunks: { text: string; start: number; end: number }[];
      }>(`${path}/long`);
      expect(document).toMatchObject({ characters: text.length, metadata: { kept: null } });
      expect(document.chunks).toHaveLength(document.chunk_count);
      expect(body['chunks']).toBe(document.chunk_count);
      expect(document.chunk_count).toBeGreaterThan(5);
      for (const chunk of document.chunks) {
        expect(chunk.text.length).toBeLessThanOrEqual(200);
        expect(text.slice(chunk.start, chunk.end)).toBe(chunk.text);
      }
    });

    it('cost nothing when they are sent again unchanged, and are replaced when they changed', async () => {
      const send = (documents: object[]) => index({ collection: 'again', documents });
      await send([
        { id: 'a', text: 'one' },
        { id: 'b', text: 'two' },
      ]);
      const { body } = await send([
        { id: 'a', text: 'one' },
        { id: 'b', text: 'changed' },
      ]);
      expect(body).toMatchObject({ indexed: 1, unchanged: 1, chunks: 1, document_ids: ['a', 'b'] });
      expect(await ids({ query: 'two', mode: 'keyword', collection: 'again' })).toEqual([]);
      expect(await ids({ query: 'changed', mode: 'keyword', collection: 'again' })).toEqual(['b']);
    });

    it('get an id that makes sending them again idempotent', async () => {
      const documents = [{ text: 'no id' }, { text: 'no id' }, { text: 'no id', source: 'elsewhere' }];
      const { body } = await index({ collection: 'anonymous', documents });
      expect(body).toMatchObject({ indexed: 2 });
      const [first, second, third] = body['document_ids'] as string[];
      expect(first).toBe(second);
      expect(first).not.toBe(third);
      expect((await index({ collection: 'anonymous', documents })).body).toMatchObject({
        indexed: 0,
        unchanged: 2,
      });
    });

    it('can not have an id that a URL takes for another path', async () => {
      await index({ collection: 'dots', documents: [{ id: 'keep', text: 'x' }] });
      for (const id of ['.', '..']) {
        expect((await index({ collection: 'dots', documents: [{ id, text: 'x' }] })).status).toBe(422);
        const path = `/api/v1/rag/collection/dots/documents/${encodeURIComponent(id)}`;
        expect((await client.delete(path)).status).toBe(404);
      }
      expect((await client.get('/api/v1/rag/collection/dots/documents')).body).toMatchObject({ total: 1 });
    });

    it('are listed, looked up and deleted one by one, whatever their ids', async () => {
      const strange = 'a/b c?d#e%20"f" ü';
      await index({
        collection: 'strange',
        documents: [
          { id: strange, text: 'x' },
          { id: 'plain', text: 'y' },
        ],
      });
      const folder = '/api/v1/rag/collection/strange/documents';
      const { body } = await client.get<{ documents: { id: string }[]; total: number }>(`${folder}?limit=1`);
      expect(body).toMatchObject({ total: 2, documents: [{ id: strange }] });
      const one = `${folder}/${encodeURIComponent(strange)}`;
      expect((await client.get(one)).body).toMatchObject({ id: strange });
      expect(await client.delete(one)).toMatchObject({ status: 200, body: { deleted: true, id: strange } });
      expect((await client.get(one)).status).toBe(404);
      expect((await client.delete(one)).status).toBe(404);
    });
  });

  describe('collections', () => {
    it('are listed with what is in them, and deleted with it', async () => {
      await index({ collection: 'zoo', documents: [{ id: 'a', text: 'lion' }] });
      const { body } = await client.get<{ collections: { name: string }[] }>('/api/v1/rag/collections');
      expect(body.collections.find(({ name }) => name === 'zoo')).toMatchObject({
        documents: 1,
        chunks: 1,
        embedding_model: 'local-lexical',
        dimensions: 384,
      });
      const stats = await client.get('/api/v1/rag/stats');
      expect(stats.body).toMatchObject({ vector_store: 'pgvector', embedding_models: ['local-lexical'] });
      const deleted = await client.delete('/api/v1/rag/collection/zoo');
      expect(deleted.body).toEqual({ deleted: true, name: 'zoo', documents: 1, chunks: 1 });
      expect((await client.delete('/api/v1/rag/collection/zoo')).status).toBe(404);
      expect((await client.post('/api/v1/rag/search', { query: 'lion', collection: 'zoo' })).status).toBe(
        404,
      );
    });
  });
});

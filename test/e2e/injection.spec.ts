import { Database } from '../../src/core/database/database.js';
import { bodyOf, exactRequest } from '../support/exact-request.js';
import { INERT_FILTERS, INJECTIONS, NAMES_IN_PATHS, REFUSED_FILTERS } from '../support/injections.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const DOCUMENTS = [
  {
    id: 'holiday',
    text: 'Employees get 25 days.',
    source_type: 'handbook',
    metadata: { year: 2026, a: 'b' },
  },
  { id: 'dogs', text: 'Dogs are welcome.', source_type: 'wiki', metadata: { year: 2024, tags: ['x'] } },
];

describe('injection', () => {
  let service: TestApp;

  beforeAll(async () => {
    service = await startTestApp();
    expect((await post('/api/v1/rag/index', { documents: DOCUMENTS })).status).toBe(200);
  });
  afterAll(() => service.close());

  const post = (path: string, body: object) =>
    exactRequest(service.url, { method: 'POST', path, body: JSON.stringify(body) });
  const search = (body: object) => post('/api/v1/rag/search', { query: 'days', ...body });

  it('has something to find', async () => {
    for (const mode of ['dense', 'keyword', 'hybrid']) {
      expect(bodyOf(await search({ mode }))['count']).toBeGreaterThan(0);
    }
  });

  it.each(INERT_FILTERS.map((filter) => [JSON.stringify(filter).slice(0, 100), filter] as const))(
    'matches nothing: filter %s',
    async (_, filter) => {
      for (const mode of ['dense', 'keyword', 'hybrid']) {
        const answer = await search({ filter, mode });
        expect(answer.status).toBe(200);
        expect(bodyOf(answer)).toMatchObject({ count: 0, results: [] });
      }
      expect((await post('/api/v1/rag/query', { query: 'days', filter })).status).toBe(200);
    },
  );

  it.each(REFUSED_FILTERS.map((filter) => [JSON.stringify(filter).slice(0, 100), filter] as const))(
    'is refused: filter %s',
    async (_, filter) => {
      const answer = await search({ filter });
      expect(answer.status).toBe(422);
      const [{ loc }] = bodyOf(answer)['errors'] as [{ loc: string[] }];
      expect(loc.slice(0, 2)).toEqual(['body', 'filter']);
      expect(answer.text).not.toMatch(/select |jsonb|syntax error|pg_/iu);
    },
  );

  it.each(INJECTIONS)('finds nothing: %s as query and as source type', async (text) => {
    const asQuery = await search({ query: text, mode: 'keyword' });
    expect([asQuery.status, bodyOf(asQuery)['count']]).toEqual([200, 0]);
    const asType = await search({ source_types: [text] });
    expect([asType.status, bodyOf(asType)['count']]).toEqual([200, 0]);
  });

  it.each(INJECTIONS)('is refused as the name of a collection: %s', async (collection) => {
    expect((await search({ collection })).status).toBe(422);
    const created = await post('/api/v1/rag/index', { collection, documents: DOCUMENTS });
    expect(created.status).toBe(422);
  });

  it.each(INJECTIONS)('is text like any other when it is stored: %s', async (text) => {
    const document = {
      id: text,
      text,
      title: text,
      source: text,
      source_type: text,
      metadata: { [text]: text },
    };
    const stored = await post('/api/v1/rag/index', { documents: [document], collection: 'kept' });
    expect(stored.status).toBe(200);
    const found = await search({ collection: 'kept', filter: { document_id: text, source: text } });
    expect(bodyOf(found)).toMatchObject({ count: 1, results: [{ title: text, metadata: { [text]: text } }] });
    const path = `/api/v1/rag/collection/kept/documents/${encodeURIComponent(text)}`;
    expect(bodyOf(await exactRequest(service.url, { path }))).toMatchObject({ id: text });
    expect((await exactRequest(service.url, { method: 'DELETE', path })).status).toBe(200);
  });

  it.each(NAMES_IN_PATHS)(
    '%s is answered with %i as a collection, %i as a document',
    async (name, one, other) => {
      for (const method of ['GET', 'DELETE']) {
        const document = await exactRequest(service.url, {
          method,
          path: `/api/v1/rag/collection/default/documents/${name}`,
        });
        expect(document.status).toBe(other);
        expect(document.headers['content-type']).toMatch(/^application\/problem\+json/u);
      }
      const paths = [
        `/api/v1/rag/collection/${name}/documents`,
        `/api/v1/rag/collection/${name}/documents/a`,
      ];
      for (const path of paths) expect((await exactRequest(service.url, { path })).status).toBe(one);
      const deletion = { method: 'DELETE', path: `/api/v1/rag/collection/${name}` };
      expect((await exactRequest(service.url, deletion)).status).toBe(one);
    },
  );

  it('has done nothing to what is stored', async () => {
    const tables = await service.app
      .get(Database)
      .query<{ name: string }>(
        `select tablename as name from pg_tables where schemaname = 'public' and tablename = any($1)`,
        [['collections', 'documents', 'chunks', 'postings']],
      );
    expect(tables).toHaveLength(4);
    const stats = bodyOf(await exactRequest(service.url, { path: '/api/v1/rag/stats' }));
    expect(stats).toMatchObject({
      total_documents: DOCUMENTS.length,
      collections: [
        { name: 'default', documents: DOCUMENTS.length },
        { name: 'kept', documents: 0, chunks: 0 },
      ],
    });
    expect((await exactRequest(service.url, { path: '/health' })).status).toBe(200);
  });
});

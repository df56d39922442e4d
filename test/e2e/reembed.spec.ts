import { receiveEvents } from '../support/event-stream.js';
import { eventually } from '../support/eventually.js';
import { JsonClient } from '../support/json-client.js';
import { OpenAiStub } from '../support/openai-stub.js';
import { ServiceProcess } from '../support/service-process.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const SMALL = 'text-embedding-3-small';
const LARGE = 'text-embedding-3-large';
/** Both models shortened to the same length, so that nothing but the service keeps them apart. */
const DIMENSIONS = 64;
const DOCUMENTS = 120;
/** Those that searches ask for; the others may be deleted. */
const KEPT = 40;
const TIMEOUT_MS = 60_000;
const REEMBED = '/api/v1/rag/collection/shelf/reembed';

interface SearchAnswer {
  readonly results: readonly { readonly document_id: string; readonly dense_score: number }[];
}

const textOf = (number: number) => `Volume ${number} of the encyclopaedia.`;

async function fill(client: JsonClient): Promise<void> {
  const documents = Array.from({ length: DOCUMENTS }, (_, number) => ({
    id: `d${number}`,
    text: textOf(number),
  }));
  const made = await client.post('/api/v1/rag/index', { collection: 'shelf', documents });
  expect(made.status).toBe(200);
  // A collection of `DIMENSIONS`, whatever the model's own length.
  const shortened = await client.post(REEMBED, { embedding_model: SMALL, dimensions: DIMENSIONS });
  expect(shortened.body).toMatchObject({ embedding_model: SMALL, dimensions: DIMENSIONS });
}

/** Only vectors of one model are 1 apart from themselves, so a mixture would show as a lower score. */
async function searchFor(client: JsonClient, number: number): Promise<void> {
  const { status, body } = await client.post<SearchAnswer>('/api/v1/rag/search', {
    collection: 'shelf',
    query: textOf(number),
    mode: 'dense',
    limit: 1,
  });
  expect(status).toBe(200);
  expect(body.results).toMatchObject([{ document_id: `d${number}` }]);
  expect(body.results[0]!.dense_score).toBeCloseTo(1, 4);
}

const collectionOf = async (client: JsonClient) => {
  const { body } = await client.get<{ collections: Record<string, unknown>[] }>('/api/v1/rag/collections');
  return body.collections.find(({ name }) => name === 'shelf');
};

describe('embedding a collection anew', () => {
  let stub: OpenAiStub;
  let service: TestApp;
  let client: JsonClient;

  beforeEach(async () => {
    stub = await OpenAiStub.start();
    service = await startTestApp({
      OPENAI_API_KEY: 'sk-hunter2',
      OPENAI_BASE_URL: stub.baseUrl,
      PROVIDER_MAX_RETRIES: '0',
    });
    client = new JsonClient(service.url);
    await fill(client);
    stub.reset();
  });
  afterEach(async () => {
    await service.close();
    await stub.close();
  });

  it('answers when it is done, and says what it cost', async () => {
    const before = await collectionOf(client);
    const { status, body } = await client.post(REEMBED, { embedding_model: LARGE, dimensions: DIMENSIONS });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      collection: 'shelf',
      embedding_model: LARGE,
      dimensions: DIMENSIONS,
      documents: DOCUMENTS,
      chunks: DOCUMENTS,
    });
    const tokens = stub.inputs.length;
    expect(new Set(stub.inputs).size).toBe(DOCUMENTS);
    expect(body['usage']).toMatchObject({ prompt_tokens: expect.any(Number) as number });
    expect(tokens).toBe(DOCUMENTS);
    expect(await collectionOf(client)).toMatchObject({
      embedding_model: LARGE,
      documents: DOCUMENTS,
      created_at: before?.['created_at'],
    });
    await searchFor(client, 7);
    // What has not changed is still known as unchanged.
    const again = await client.post('/api/v1/rag/index', {
      collection: 'shelf',
      documents: [{ id: 'd7', text: textOf(7) }],
    });
    expect(again.body).toMatchObject({ indexed: 0, unchanged: 1 });
  });

  it(
    'as a job fails no search, mixes no models, and loses no write',
    async () => {
      const release = stub.hold(textOf(100));
      const { body: accepted } = await client.post<{ job_id: string }>(`${REEMBED}?async=true`, {
        embedding_model: LARGE,
        dimensions: DIMENSIONS,
      });
      const path = `/api/v1/jobs/${accepted.job_id}`;
      await eventually(async () => {
        expect((await client.get(path)).body).toMatchObject({ state: 'running', total: DOCUMENTS });
      });
      let searches = 0;
      let written = 0;
      const over = new AbortController();
      const searching = Array.from({ length: 4 }, async (_, searcher) => {
        for (let number = searcher; !over.signal.aborted; number = (number + 4) % KEPT) {
          await searchFor(client, number);
          searches += 1;
        }
      });
      const writing = (async () => {
        while (!over.signal.aborted && written < DOCUMENTS - KEPT) {
          const document = { id: `new-${written}`, text: `Supplement ${written}.` };
          const { status, body } = await client.post('/api/v1/rag/index', {
            collection: 'shelf',
            documents: [document],
          });
          expect({ status, body }).toMatchObject({ status: 200, body: { indexed: 1 } });
          written += 1;
          await client.delete(`/api/v1/rag/collection/shelf/documents/d${DOCUMENTS - written}`);
        }
      })();
      await eventually(() => {
        expect(Math.min(searches / 4, written)).toBeGreaterThan(5);
        return Promise.resolve();
      });
      release();
      const events = receiveEvents(`${service.url}${path}/events`, AbortSignal.timeout(TIMEOUT_MS));
      while (!(await events.next()).done);
      const before = searches;
      await eventually(() => {
        expect(searches).toBeGreaterThan(before + 20);
        return Promise.resolve();
      });
      over.abort();
      await Promise.all([...searching, writing]);
      expect((await client.get(path)).body).toMatchObject({ state: 'succeeded', progress: 1 });
      expect(await collectionOf(client)).toMatchObject({
        embedding_model: LARGE,
        documents: DOCUMENTS,
      });
      const { body } = await client.get<{ documents: { id: string }[] }>(
        '/api/v1/rag/collection/shelf/documents?limit=1000',
      );
      const ids = new Set(body.documents.map(({ id }) => id));
      expect([...Array(written).keys()].filter((number) => !ids.has(`new-${number}`))).toEqual([]);
      expect([...Array(written).keys()].filter((number) => ids.has(`d${DOCUMENTS - 1 - number}`))).toEqual(
        [],
      );
    },
    2 * TIMEOUT_MS,
  );

  it('leaves the collection as it was when the provider fails, and when the job is cancelled', async () => {
    stub.failNext(500, { count: 5 });
    expect((await client.post(REEMBED, { embedding_model: LARGE, dimensions: DIMENSIONS })).status).toBe(502);
    expect(await collectionOf(client)).toMatchObject({ embedding_model: SMALL, documents: DOCUMENTS });
    stub.reset();
    const release = stub.hold(textOf(50));
    const { body } = await client.post<{ job_id: string }>(`${REEMBED}?async=true`, {
      embedding_model: LARGE,
      dimensions: DIMENSIONS,
    });
    await stub.untilCalled();
    const cancelled = await client.delete(`/api/v1/jobs/${body.job_id}`);
    expect(cancelled.body).toMatchObject({ state: 'cancelled' });
    release();
    expect(await collectionOf(client)).toMatchObject({ embedding_model: SMALL, documents: DOCUMENTS });
    await searchFor(client, 3);
    const { body: statistics } = await client.get('/api/v1/rag/stats');
    expect(statistics).toMatchObject({ total_collections: 1, embedding_models: [SMALL] });
  });

  it('refuses at once what can never be', async () => {
    const wrong = { embedding_model: 'nobody/knows' };
    for (const query of ['', '?async=true']) {
      expect((await client.post(`/api/v1/rag/collection/none/reembed${query}`, {})).status).toBe(404);
      expect((await client.post(`${REEMBED}${query}`, wrong)).status).toBe(422);
      const long = await client.post(`${REEMBED}${query}`, { embedding_model: SMALL, dimensions: 9999 });
      expect(long.status).toBe(422);
    }
  });
});

describe('embedding a collection anew in a process that is killed', () => {
  let stub: OpenAiStub;
  let database: TestDatabase;
  const services: ServiceProcess[] = [];

  beforeEach(async () => {
    stub = await OpenAiStub.start();
    database = await createTestDatabase();
  });
  afterEach(async () => {
    await Promise.all(services.map((service) => service.kill()));
    await database.remove();
    await stub.close();
  });

  const start = async () => {
    const service = ServiceProcess.spawn({
      ...database.variables,
      OPENAI_API_KEY: 'sk-hunter2',
      OPENAI_BASE_URL: stub.baseUrl,
      JOB_LEASE_SECONDS: '2',
    });
    services.push(service);
    await service.ready();
    return service;
  };

  it(
    'leaves the old vectors serving, and goes on where it was',
    async () => {
      const killed = await start();
      await fill(killed.client);
      stub.reset();
      const release = stub.hold(textOf(99));
      const { body } = await killed.client.post<{ job_id: string }>(`${REEMBED}?async=true`, {
        embedding_model: LARGE,
        dimensions: DIMENSIONS,
      });
      const path = `/api/v1/jobs/${body.job_id}`;
      await eventually(async () => {
        const { done } = (await killed.client.get<{ done?: number }>(path)).body;
        expect(done ?? 0).toBeGreaterThan(0);
      });
      await killed.kill();
      const { client, url } = await start();
      expect(await collectionOf(client)).toMatchObject({ embedding_model: SMALL, documents: DOCUMENTS });
      await searchFor(client, 3);
      const embedded = new Set(stub.inputs);
      stub.reset();
      release();
      const events = receiveEvents(`${url}${path}/events`, AbortSignal.timeout(TIMEOUT_MS));
      while (!(await events.next()).done);
      expect((await client.get(path)).body).toMatchObject({ state: 'succeeded' });
      expect(await collectionOf(client)).toMatchObject({ embedding_model: LARGE, documents: DOCUMENTS });
      await searchFor(client, 3);
      // What was stored before the end isn't embedded again: at most the group that was under way is.
      const repeated = stub.inputs.filter((input) => embedded.has(input));
      expect(repeated.length).toBeLessThanOrEqual(32);
      expect(stub.inputs.length).toBeLessThan(DOCUMENTS);
    },
    2 * TIMEOUT_MS,
  );
});

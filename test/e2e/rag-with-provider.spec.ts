import { eventually } from '../support/eventually.js';
import { JsonClient } from '../support/json-client.js';
import { OpenAiStub } from '../support/openai-stub.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const SENTENCE = 'This sentence is one of many that together make a chunk of about a thousand characters. ';

/** 200 documents that are cut into five chunks each. */
const DOCUMENTS = Array.from({ length: 200 }, (_, number) => ({
  id: `d${number}`,
  text: Array.from({ length: 5 }, (__, part) => `Part ${part} of ${number}. ${SENTENCE.repeat(10)}`).join(
    '\n\n',
  ),
}));

describe('rag with an embedding provider', () => {
  let stub: OpenAiStub;
  let service: TestApp;
  let client: JsonClient;

  beforeAll(async () => {
    stub = await OpenAiStub.start();
    service = await startTestApp({
      OPENAI_API_KEY: 'sk-hunter2',
      OPENAI_BASE_URL: stub.baseUrl,
      PROVIDER_MAX_RETRIES: '0',
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

  const index = (body: object) => client.post('/api/v1/rag/index', { collection: 'many', ...body });

  it('embeds 1,000 chunks in one call, and none of them again', async () => {
    const { status, body } = await index({ documents: DOCUMENTS, chunk_overlap: 0 });
    expect(status).toBe(200);
    expect(body).toMatchObject({ indexed: 200, unchanged: 0, chunks: 1000 });
    expect(stub.callCount).toBeLessThanOrEqual(Math.floor(1000 / 2048 + 1));
    stub.reset();
    const again = await index({ documents: DOCUMENTS, chunk_overlap: 0 });
    expect(again.body).toMatchObject({ indexed: 0, unchanged: 200, chunks: 0 });
    expect(again.body['usage']).toEqual({ prompt_tokens: 0, total_tokens: 0, cost_usd: 0 });
    expect(stub.callCount).toBe(0);
  });

  it('embeds only the chunk that changed, and none for new metadata', async () => {
    const paragraphs = Array.from({ length: 5 }, (_, part) => `Paragraph ${part}. ${SENTENCE.repeat(5)}`);
    const send = (texts: string[], metadata = {}) =>
      index({
        collection: 'changing',
        documents: [{ id: 'a', text: texts.join('\n\n'), metadata }],
        chunk_size: 500,
        chunk_overlap: 0,
      });
    expect((await send(paragraphs)).body).toMatchObject({ chunks: 5 });
    stub.reset();
    expect((await send(paragraphs.with(2, `Changed. ${SENTENCE.repeat(5)}`))).body).toMatchObject({
      indexed: 1,
    });
    expect(stub.inputs).toHaveLength(1);
    stub.reset();
    expect(
      (await send(paragraphs.with(2, `Changed. ${SENTENCE.repeat(5)}`), { new: true })).body,
    ).toMatchObject({
      indexed: 1,
    });
    expect(stub.callCount).toBe(0);
  });

  it('stores nothing when the provider fails', async () => {
    stub.failNext(500, { count: 3 });
    const { status } = await index({ collection: 'unlucky', documents: [{ id: 'a', text: 'never stored' }] });
    expect(status).toBe(502);
    expect((await client.post('/api/v1/rag/search', { query: 'x', collection: 'unlucky' })).status).toBe(404);
  });

  it('refuses another model than that of the collection', async () => {
    await index({ collection: 'faithful', documents: [{ id: 'a', text: 'one' }] });
    const { status, body } = await index({
      collection: 'faithful',
      documents: [{ id: 'b', text: 'two' }],
      embedding_model: 'local-lexical',
    });
    expect(status).toBe(409);
    expect(String(body['detail'])).toContain('text-embedding-3-small');
  });

  it('gives a collection the model that is asked for, and searches it by that model', async () => {
    await index({
      collection: 'local',
      documents: [{ id: 'a', text: 'local words' }],
      embedding_model: 'local-lexical',
    });
    const { body } = await client.post<{ count: number }>('/api/v1/rag/search', {
      query: 'local words',
      collection: 'local',
      mode: 'dense',
    });
    expect(body.count).toBe(1);
    expect(stub.callCount).toBe(0);
  });

  it('points at the document whose text is too long for the model', async () => {
    const { status, body } = await index({
      collection: 'tokens',
      documents: [
        { id: 'a', text: 'fine' },
        { id: 'b', text: '漢字'.repeat(9000) },
      ],
      chunk_size: 20_000,
    });
    expect(status).toBe(422);
    expect(body).toMatchObject({ errors: [{ loc: ['body', 'documents', 1, 'text'] }] });
    expect(stub.callCount).toBe(0);
  });

  it('stops the provider call when the client hangs up', async () => {
    const answer = stub.hold();
    const controller = new AbortController();
    const sent = fetch(`${service.url}/api/v1/rag/index`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ collection: 'hangup', documents: [{ id: 'a', text: 'never stored either' }] }),
      signal: controller.signal,
    });
    await eventually(() => {
      expect(stub.callCount).toBe(1);
    });
    controller.abort();
    await expect(sent).rejects.toThrow();
    await eventually(() => {
      expect(stub.abandonedCalls).toBe(1);
    });
    answer();
    expect((await client.post('/api/v1/rag/search', { query: 'x', collection: 'hangup' })).status).toBe(404);
  });
});

import { receiveEvents } from '../support/event-stream.js';
import { JsonClient } from '../support/json-client.js';
import { OpenAiStub, stubTokens } from '../support/openai-stub.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { allowForBusyMachine } from '../support/busy-machine.js';

allowForBusyMachine();

const INDEX = '/api/v1/rag/index';

interface Accepted {
  readonly job_id: string;
  readonly status_url: string;
}

interface JobAnswer {
  readonly id: string;
  readonly state: string;
  readonly progress: number;
  readonly done?: number;
  readonly total?: number;
  readonly result?: Record<string, unknown>;
  readonly problem?: Record<string, unknown>;
}

describe('jobs', () => {
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

  const submit = (body: object) => client.post<Accepted>(`${INDEX}?async=true`, body);
  const submitWithKey = (key: string, body: object) =>
    client.send<Accepted>('POST', `${INDEX}?async=true`, JSON.stringify(body), { 'idempotency-key': key });
  const find = async (id: string) => (await client.get<JobAnswer>(`/api/v1/jobs/${id}`)).body;
  const follow = (id: string) =>
    receiveEvents(`${service.url}/api/v1/jobs/${id}/events`, AbortSignal.timeout(20_000));
  const untilEnded = async (id: string): Promise<JobAnswer> => {
    const events = follow(id);
    while (!(await events.next()).done);
    return find(id);
  };
  const documents = (prefix: string, count: number) =>
    Array.from({ length: count }, (_, number) => ({
      id: `${prefix}${number}`,
      text: `${prefix} ${number}.`,
    }));

  it('are accepted at once, can be followed, and have the answer in the end', async () => {
    const release = stub.hold();
    const sent = documents('followed', 70);
    const { status, headers, body } = await submit({ documents: sent, collection: 'followed' });
    expect(status).toBe(202);
    expect(body.status_url).toBe(`/api/v1/jobs/${body.job_id}`);
    expect(headers.get('location')).toBe(body.status_url);

    const seen: { event: string; data: Record<string, unknown> }[] = [];
    for await (const received of follow(body.job_id)) {
      seen.push(received);
      if (received.data['total'] === 70) release();
    }
    const last = seen.at(-1)!;
    expect(last.event).toBe('succeeded');
    expect(last.data).toEqual(await find(body.job_id));
    expect(last.data).toMatchObject({
      kind: 'rag.index',
      state: 'succeeded',
      progress: 1,
      done: 70,
      total: 70,
      result: {
        collection: 'followed',
        indexed: 70,
        unchanged: 0,
        chunks: 70,
        document_ids: sent.map(({ id }) => id),
        usage: { prompt_tokens: sent.reduce((sum, { text }) => sum + stubTokens(text), 0) },
      },
    });
    expect(seen.slice(0, -1).map(({ event }) => event)).toEqual(seen.slice(1).map(() => 'progress'));
    const progress = seen.map(({ data }) => Number(data['progress']));
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(seen.length).toBeGreaterThan(1);
    expect((await client.get('/api/v1/rag/collection/followed/documents')).body['total']).toBe(70);
  });

  it('have the answer that the same request would have had without a job', async () => {
    const body = { documents: documents('same', 40), collection: 'same' };
    await client.post(INDEX, { ...body, documents: body.documents.slice(0, 10) });
    const changed = [{ id: 'same0', text: 'Something else.' }, ...body.documents.slice(1)];
    const { body: accepted } = await submit({ ...body, documents: changed });
    const { result } = await untilEnded(accepted.job_id);
    const { body: again } = await client.post(INDEX, { ...body, documents: changed });
    expect(Object.keys(result!).sort()).toEqual(Object.keys(again).sort());
    expect(result).toMatchObject({
      indexed: 31,
      unchanged: 9,
      chunks: 31,
      document_ids: again['document_ids'],
    });
    expect(again).toMatchObject({ indexed: 0, unchanged: 40 });
  });

  it('fail with the problem that the same request would have had', async () => {
    stub.refusedMark = 'unspeakable';
    const body = { documents: [{ text: 'Something unspeakable.' }], collection: 'failing' };
    const { body: accepted } = await submit(body);
    const job = await untilEnded(accepted.job_id);
    const { body: problem } = await client.post(INDEX, body);
    expect(job).toMatchObject({ state: 'failed', progress: 0 });
    expect({ ...job.problem, request_id: '' }).toEqual({ ...problem, request_id: '' });
    expect(JSON.stringify(job)).not.toContain('hunter2');
  });

  it('stop when they are cancelled', async () => {
    const release = stub.hold();
    const { body: accepted } = await submit({ documents: documents('stop', 70), collection: 'stopped' });
    await stub.untilCalled();
    const askedAt = performance.now();
    const { status, body } = await client.delete<JobAnswer>(`/api/v1/jobs/${accepted.job_id}`);
    expect({ status, state: body.state }).toEqual({ status: 200, state: 'cancelled' });
    await stub.untilAbandoned();
    expect(performance.now() - askedAt).toBeLessThan(2000);
    release();
    expect(await find(accepted.job_id)).toMatchObject({ state: 'cancelled', done: 0, total: 70 });
    expect(stub.callCount).toBe(1);
    expect((await client.get('/api/v1/rag/collection/stopped/documents')).status).toBe(404);
    expect((await client.delete(`/api/v1/jobs/${accepted.job_id}`)).status).toBe(409);
  });

  it('are one for the same Idempotency-Key, and refused for another request', async () => {
    const body = { documents: documents('key', 1), collection: 'keyed' };
    const [first, second] = [await submitWithKey('a-key', body), await submitWithKey('a-key', body)];
    expect([first.status, second.status]).toEqual([202, 202]);
    expect(second.body).toEqual(first.body);
    const other = await submitWithKey('a-key', { ...body, collection: 'other' });
    expect(other.status).toBe(409);
    for (const wrong of ['two words', 'x'.repeat(256), 'ümlaut']) {
      const { status, body: problem } = await submitWithKey(wrong, body);
      expect({ status, problem }).toMatchObject({
        status: 422,
        problem: { errors: [{ loc: ['header', 'Idempotency-Key'] }] },
      });
    }
  });

  it('are listed', async () => {
    const { body } = await submit({ documents: documents('listed', 1), collection: 'listed' });
    await untilEnded(body.job_id);
    const listed = await client.get<{ jobs: JobAnswer[]; total: number }>(
      '/api/v1/jobs?limit=2&state=succeeded',
    );
    expect(listed.body.jobs[0]).toMatchObject({ id: body.job_id, state: 'succeeded' });
    expect(listed.body.jobs[0]).not.toHaveProperty('result');
    expect(listed.body.total).toBeGreaterThan(1);
  });
});

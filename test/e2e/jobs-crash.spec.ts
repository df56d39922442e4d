import { receiveEvents } from '../support/event-stream.js';
import { eventually } from '../support/eventually.js';
import type { JsonClient } from '../support/json-client.js';
import { OpenAiStub } from '../support/openai-stub.js';
import { ServiceProcess } from '../support/service-process.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { allowForBusyMachine } from '../support/busy-machine.js';

allowForBusyMachine();

const RUNNING = 5;
const JOBS = 25;
/** More than are stored at once. */
const DOCUMENTS = 34;
/** In the texts that the provider is not to answer yet. */
const LATE = 'answered late';
const TIMEOUT_MS = 120_000;

interface JobAnswer {
  readonly id: string;
  readonly state: string;
  readonly done?: number;
  readonly result?: { readonly indexed: number };
}

describe('jobs whose process is ended', () => {
  let stub: OpenAiStub;
  let database: TestDatabase;
  let services: ServiceProcess[];

  beforeEach(async () => {
    stub = await OpenAiStub.start();
    database = await createTestDatabase();
    services = [];
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
      // One place is kept for jobs of other kinds.
      JOB_CONCURRENCY: String(RUNNING + 1),
      JOB_LEASE_SECONDS: '2',
      SHUTDOWN_TIMEOUT_MS: '500',
    });
    services.push(service);
    await service.ready();
    return service;
  };
  const textOf = (job: number, document: number) =>
    `Job ${job}, document ${document}${document < DOCUMENTS - 1 ? '' : `, ${LATE}`}.`;
  const submit = async (client: JsonClient, job: number): Promise<string> => {
    const documents = Array.from({ length: DOCUMENTS }, (_, document) => ({
      id: `${job}-${document}`,
      text: textOf(job, document),
    }));
    const body = { collection: 'crash', documents };
    return (await client.post<{ job_id: string }>('/api/v1/rag/index?async=true', body)).body.job_id;
  };
  const find = async (client: JsonClient, id: string) =>
    (await client.get<JobAnswer>(`/api/v1/jobs/${id}`)).body;
  const findAll = (client: JsonClient, ids: readonly string[]) =>
    Promise.all(ids.map((id) => find(client, id)));
  const untilEnded = async (service: ServiceProcess, id: string): Promise<void> => {
    const url = `${service.url}/api/v1/jobs/${id}/events`;
    const events = receiveEvents(url, AbortSignal.timeout(TIMEOUT_MS));
    while (!(await events.next()).done);
  };
  const countIn = (jobs: readonly JobAnswer[], state: string) =>
    jobs.filter((job) => job.state === state).length;
  const timesEmbedded = (text: string) => stub.inputs.filter((input) => input === text).length;

  it(
    'by kill -9, five at work and twenty waiting, all end once, and repeat only what was under way',
    async () => {
      const release = stub.hold(LATE);
      const killed = await start();
      const ids: string[] = [];
      for (let job = 0; job < JOBS; job += 1) ids.push(await submit(killed.client, job));
      let before: JobAnswer[] = [];
      await eventually(async () => {
        before = await findAll(killed.client, ids);
        expect(countIn(before, 'running')).toBe(RUNNING);
        expect(before.some(({ done = 0 }) => done > 0)).toBe(true);
      });
      expect(countIn(before, 'queued')).toBe(JOBS - RUNNING);
      await killed.kill();

      const restarted = await start();
      const { client } = restarted;
      release();
      await Promise.all(ids.map((id) => untilEnded(restarted, id)));
      expect(countIn(await findAll(client, ids), 'succeeded')).toBe(JOBS);
      for (const [job, id] of ids.entries()) {
        expect((await find(client, id)).result).toMatchObject({ indexed: DOCUMENTS });
        const { state, done = 0 } = before[job]!;
        for (let document = 0; document < DOCUMENTS; document += 1) {
          const isUnderWay = state === 'running' && document >= done;
          const times = timesEmbedded(textOf(job, document));
          expect({ job, document, isOk: times === 1 || (isUnderWay && times === 2) }).toEqual({
            job,
            document,
            isOk: true,
          });
        }
      }
      const { body } = await client.get('/api/v1/rag/stats');
      expect(body).toMatchObject({ total_documents: JOBS * DOCUMENTS, total_chunks: JOBS * DOCUMENTS });
    },
    TIMEOUT_MS,
  );

  it(
    'in order wait again, and go on where they were',
    async () => {
      const release = stub.hold(LATE);
      const stopped = await start();
      const id = await submit(stopped.client, 0);
      await eventually(async () => {
        expect((await find(stopped.client, id)).done).toBeGreaterThan(0);
      });
      expect(await stopped.stop()).toEqual({ code: 0, signal: null });
      release();
      const { client } = await start();
      await eventually(async () => {
        expect(await find(client, id)).toMatchObject({ state: 'succeeded', result: { indexed: DOCUMENTS } });
      });
      expect(timesEmbedded(textOf(0, 0))).toBe(1);
    },
    TIMEOUT_MS,
  );

  const describeShared = process.env['TEST_DATABASE_URL'] === undefined ? describe.skip : describe;

  describeShared('where replicas share a database', () => {
    it(
      'are taken over by another, and cancelled through any',
      async () => {
        const release = stub.hold(LATE);
        const killed = await start();
        const id = await submit(killed.client, 0);
        const doomed = await submit(killed.client, 1);
        await eventually(async () => {
          expect(countIn(await findAll(killed.client, [id, doomed]), 'running')).toBe(2);
        });
        const other = await start();
        const askedAt = performance.now();
        const { body } = await other.client.delete<JobAnswer>(`/api/v1/jobs/${doomed}`);
        expect(body.state).toBe('cancelled');
        expect(performance.now() - askedAt).toBeLessThan(3000);
        await killed.kill();
        release();
        await eventually(async () => {
          expect(await find(other.client, id)).toMatchObject({ state: 'succeeded' });
        });
        expect((await find(other.client, doomed)).state).toBe('cancelled');
      },
      TIMEOUT_MS,
    );
  });
});

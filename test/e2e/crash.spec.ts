import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../support/eventually.js';
import type { JsonClient } from '../support/json-client.js';
import {
  CHUNKS_PER_DOCUMENT,
  expectCountsToAgree,
  expectFindable,
  expectWhole,
  indexing,
  listIds,
  sampleDocument,
  type SampleDocument,
} from '../support/sample-documents.js';
import { ServiceProcess } from '../support/service-process.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const COLLECTION = 'crash';
const DOCUMENTS = Array.from({ length: 200 }, (_, index) => sampleDocument(`document-${index}`));
const REQUEST_SIZE = 5;
const CLIENTS = 4;
/** For a machine that is busy with other things: every document is looked at several times. */
const TIMEOUT_MS = 180_000;

interface IndexAnswer {
  readonly indexed: number;
  readonly unchanged: number;
  readonly chunks: number;
}

let running: ServiceProcess[] = [];
let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
});

afterEach(async () => {
  await Promise.all(running.map((service) => service.kill()));
  running = [];
  await database.remove();
});

async function start(variables = database.variables): Promise<ServiceProcess> {
  const service = ServiceProcess.spawn(variables);
  running.push(service);
  await service.ready();
  return service;
}

// How much was acknowledged when the process is killed, and how long after that.
describe.each([
  { acknowledged: 0, delayMs: 15 },
  { acknowledged: 5, delayMs: 0 },
  { acknowledged: 60, delayMs: 7 },
  { acknowledged: 150, delayMs: 3 },
])('a process killed $delayMs ms after $acknowledged documents', ({ acknowledged, delayMs }) => {
  it(
    'leaves whole documents, all that were acknowledged among them',
    async () => {
      const service = await start();
      const kept = await indexUntilKilled(service, acknowledged, delayMs);
      const restarted = await start();
      const { client } = restarted;

      const found = kept.length === 0 ? await listIfThere(client) : await listIds(client, COLLECTION);
      expect(found).toEqual(expect.arrayContaining(kept));
      for (const id of found) {
        await expectWhole(client, COLLECTION, id);
        await expectFindable(client, COLLECTION, id);
      }

      const { status, body } = await client.post<IndexAnswer>(
        '/api/v1/rag/index',
        indexing(COLLECTION, DOCUMENTS),
      );
      expect(status).toBe(200);
      expect(body).toMatchObject({
        indexed: DOCUMENTS.length - found.length,
        unchanged: found.length,
        chunks: (DOCUMENTS.length - found.length) * CHUNKS_PER_DOCUMENT,
      });
      await expectCountsToAgree(client, COLLECTION);
      expect((await listIds(client, COLLECTION)).sort()).toEqual(DOCUMENTS.map(({ id }) => id).sort());
      for (const { id } of DOCUMENTS) await expectFindable(client, COLLECTION, id);
    },
    TIMEOUT_MS,
  );
});

const describeEmbedded = process.env['TEST_DATABASE_URL'] === undefined ? describe : describe.skip;

describeEmbedded('with the embedded database, a process killed', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'crash-'));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  // Before and while the cluster is unpacked, and while it is opened for the first time.
  it.each([100, 700, 1300, 1900, 2500])(
    '%d ms after its very first start does not hinder the next',
    async (ms) => {
      const variables = { DATA_DIR: join(folder, 'data') };
      const service = ServiceProcess.spawn(variables);
      running.push(service);
      await sleep(ms);
      expect(await service.kill()).toEqual({ code: null, signal: 'SIGKILL' });
      await expectUsable(await start(variables));
    },
  );

  it('as soon as the cluster is being made does not hinder the next', async () => {
    const variables = { DATA_DIR: join(folder, 'data') };
    const service = ServiceProcess.spawn(variables);
    running.push(service);
    await eventually(async () => {
      expect((await readdir(variables.DATA_DIR)).join()).toContain('unfinished');
    });
    expect(await service.kill()).toEqual({ code: null, signal: 'SIGKILL' });
    expect((await readdir(variables.DATA_DIR)).join()).toContain('unfinished');
    await expectUsable(await start(variables));
    expect((await readdir(variables.DATA_DIR)).join()).not.toContain('unfinished');
  });

  it('leaves nothing for ever among the temporary files', async () => {
    const variables = { ...database.variables, TMPDIR: folder };
    const killed = await start(variables);
    await killed.kill();
    expect(await readdir(folder)).toHaveLength(1);
    const next = await start(variables);
    await next.stop();
    expect(await readdir(folder)).toEqual([]);
  });

  it('hands its folder over to one of many that start at once', async () => {
    const killed = await start();
    await killed.kill();
    const successors = Array.from({ length: 4 }, () => ServiceProcess.spawn(database.variables));
    running.push(...successors);
    const isReady = await Promise.all(
      successors.map((successor) =>
        successor.ready().then(
          () => true,
          () => false,
        ),
      ),
    );
    expect(isReady.filter(Boolean)).toHaveLength(1);
    const losers = successors.filter((_, index) => !isReady[index]);
    for (const loser of losers) {
      expect(await loser.ended).toEqual({ code: 1, signal: null });
      expect(loser.stderr).toContain('is in use by');
    }
  });
});

/** Several clients index, each request a few documents, until the kill. @returns the ids that were acknowledged */
async function indexUntilKilled(
  service: ServiceProcess,
  acknowledged: number,
  delayMs: number,
): Promise<string[]> {
  const waiting = requests();
  const kept: string[] = [];
  let isKilled = false;
  const work = async (): Promise<void> => {
    for (let batch = waiting.shift(); batch !== undefined && !isKilled; batch = waiting.shift()) {
      const answer = await service.client
        .post('/api/v1/rag/index', indexing(COLLECTION, batch))
        .catch(() => null);
      if (answer === null) return;
      expect(answer.status).toBe(200);
      kept.push(...batch.map(({ id }) => id));
    }
  };
  const clients = Promise.all(Array.from({ length: CLIENTS }, work));
  await eventually(() => {
    expect(kept.length).toBeGreaterThanOrEqual(acknowledged);
  });
  await sleep(delayMs);
  isKilled = true;
  expect(await service.kill()).toEqual({ code: null, signal: 'SIGKILL' });
  await clients;
  expect(kept.length).toBeLessThan(DOCUMENTS.length);
  return kept;
}

function requests(): SampleDocument[][] {
  return Array.from({ length: DOCUMENTS.length / REQUEST_SIZE }, (_, index) =>
    DOCUMENTS.slice(index * REQUEST_SIZE, (index + 1) * REQUEST_SIZE),
  );
}

/** Where nothing was acknowledged there may be no collection. */
async function listIfThere(client: JsonClient): Promise<string[]> {
  const { status } = await client.get(`/api/v1/rag/collection/${COLLECTION}/documents`);
  return status === 404 ? [] : listIds(client, COLLECTION);
}

async function expectUsable({ client }: ServiceProcess): Promise<void> {
  const { status, body } = await client.post<IndexAnswer>(
    '/api/v1/rag/index',
    indexing(COLLECTION, DOCUMENTS.slice(0, 1)),
  );
  expect(status).toBe(200);
  expect(body).toMatchObject({ indexed: 1, chunks: CHUNKS_PER_DOCUMENT });
  await expectFindable(client, COLLECTION, 'document-0');
}

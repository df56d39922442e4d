import {
  expectCountsToAgree,
  expectFindable,
  expectWhole,
  indexing,
  listIds,
  sampleDocument,
} from '../support/sample-documents.js';
import { MixedClient, type Observation, seededRandom, SHARED_IDS } from '../support/mixed-workload.js';
import { ServiceProcess } from '../support/service-process.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const COLLECTION = 'mixed';
const CLIENTS = 20;
const ROUNDS = 25;

describe('20 clients at once', () => {
  let database: TestDatabase;
  let service: ServiceProcess;
  let clients: MixedClient[];
  let observations: Observation[];

  beforeAll(async () => {
    database = await createTestDatabase();
    service = await ServiceProcess.start(database.variables);
    const shared = SHARED_IDS.map((id) => sampleDocument(id));
    await service.client.post('/api/v1/rag/index', indexing(COLLECTION, shared));
    clients = Array.from(
      { length: CLIENTS },
      (_, index) => new MixedClient(service.client, COLLECTION, `own${index}`, seededRandom(index + 1)),
    );
    observations = (await Promise.all(clients.map(play))).flat();
  });

  afterAll(async () => {
    await service.stop();
    await database.remove();
  });

  it('do everything that there is to do', () => {
    expect(observations).toHaveLength(CLIENTS * ROUNDS);
    expect(new Set(observations.map(({ kind }) => kind)).size).toBe(9);
  });

  it('get right answers only', () => {
    expect(observations.filter(({ status, problem }) => status !== 200 || problem !== null)).toEqual([]);
  });

  it('lose and double no document', async () => {
    const expected = [...SHARED_IDS, ...clients.flatMap(({ stored }) => [...stored.keys()])];
    expect((await listIds(service.client, COLLECTION)).sort()).toEqual(expected.sort());
    await expectCountsToAgree(service.client, COLLECTION);
  });

  it('leave every document as it was sent last', async () => {
    for (const id of SHARED_IDS) {
      await expectWhole(service.client, COLLECTION, id);
      await expectFindable(service.client, COLLECTION, id);
    }
    for (const [id, version] of clients.flatMap(({ stored }) => [...stored])) {
      expect(await expectWhole(service.client, COLLECTION, id)).toBe(version);
      await expectFindable(service.client, COLLECTION, id);
    }
  });

  it('are heard without a warning in the log', () => {
    expect(service.stderr).toBe('');
    expect(service.stdout).not.toMatch(/"level":"(?:warn|error|fatal)"/u);
  });
});

describe('clients that make the same new collection at once', () => {
  it('fill one', async () => {
    const database = await createTestDatabase();
    const service = await ServiceProcess.start(database.variables);
    try {
      const documents = Array.from({ length: 10 }, (_, index) => sampleDocument(`new-${index}`));
      const answers = await Promise.all(
        Array.from({ length: CLIENTS }, () =>
          service.client.post('/api/v1/rag/index', indexing('fresh', documents)),
        ),
      );
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
      expect((await listIds(service.client, 'fresh')).sort()).toEqual(documents.map(({ id }) => id).sort());
      await expectCountsToAgree(service.client, 'fresh');
      for (const { id } of documents) await expectFindable(service.client, 'fresh', id);
    } finally {
      await service.stop();
      await database.remove();
    }
  });
});

async function play(client: MixedClient): Promise<Observation[]> {
  const observations: Observation[] = [];
  for (let round = 0; round < ROUNDS; round += 1) observations.push(await client.step());
  return observations;
}

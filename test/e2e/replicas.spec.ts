import { createApiKey } from '../../src/common/auth/api-keys.js';
import { exactRequest } from '../support/exact-request.js';
import { OpenAiStub, stubTokens } from '../support/openai-stub.js';
import { describeWithRedis, RedisServer } from '../support/redis-server.js';
import { indexing, sampleDocument } from '../support/sample-documents.js';
import { ServiceProcess } from '../support/service-process.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { eventually } from '../support/eventually.js';

const GENERATE = '/api/v1/embeddings/generate';
const TEXT = 'a text that costs the stub some tokens';
const keys = ['cache', 'budget', 'rate', 'jobs'].map((name) => ({ name, ...createApiKey(name) }));

const describeReplicas = process.env['TEST_DATABASE_URL'] === undefined ? describe.skip : describeWithRedis();

describeReplicas('two replicas on one PostgreSQL and one Redis', () => {
  let redis: RedisServer;
  let database: TestDatabase;
  let stub: OpenAiStub;
  let replicas: ServiceProcess[];

  beforeAll(async () => {
    [redis, database, stub] = await Promise.all([
      RedisServer.start(),
      createTestDatabase(),
      OpenAiStub.start(),
    ]);
    const variables = {
      ...database.variables,
      REDIS_URL: redis.url,
      CACHE_TIMEOUT_MS: '5000',
      OPENAI_BASE_URL: stub.baseUrl,
      EMBEDDING_MODEL: 'text-embedding-3-small',
      EMBEDDING_GATHER_WINDOW_MS: '0',
      API_KEYS: keys.map(({ entry }) => entry).join(','),
      RATE_LIMIT_PER_MINUTE: '1',
      RATE_LIMIT_BURST: '200',
      BUDGET_TOKENS_PER_DAY: String(10 * stubTokens(TEXT)),
    };
    replicas = await Promise.all([ServiceProcess.start(variables), ServiceProcess.start(variables)]);
  });

  afterAll(async () => {
    await Promise.all(replicas.map((replica) => replica.kill()));
    await Promise.all([redis.kill(), database.remove(), stub.close()]);
  });

  function call(replica: number, as: string, path: string, body?: object) {
    return exactRequest(replicas[replica]!.url, {
      method: body === undefined ? 'GET' : 'POST',
      path,
      headers: { 'x-api-key': keys.find(({ name }) => name === as)!.key },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  it('share what is cached', async () => {
    const before = stub.callCount;
    const answers = [
      await call(0, 'cache', GENERATE, { text: TEXT }),
      await call(1, 'cache', GENERATE, { text: TEXT }),
    ];
    expect(answers.map(({ text }) => (JSON.parse(text) as { cached: boolean }).cached)).toEqual([
      false,
      true,
    ]);
    expect(stub.callCount).toBe(before + 1);
  });

  it('let a caller spend its budget once', async () => {
    const statuses: number[] = [];
    for (let index = 0; index < 20; index += 1) {
      const text = TEXT.slice(0, -2) + String(index).padStart(2, '0');
      statuses.push((await call(index % 2, 'budget', GENERATE, { text })).status);
    }
    expect(statuses).toEqual([...Array<number>(10).fill(200), ...Array<number>(10).fill(429)]);
    const refused = await call(0, 'budget', GENERATE, { text: 'one more' });
    expect(refused.text).toContain('BUDGET_TOKENS_PER_DAY');
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(24 * 3600);
  });

  it('count the requests of a caller together', async () => {
    const answers = await Promise.all(
      Array.from({ length: 250 }, (_, index) => call(index % 2, 'rate', '/api/v1/complexity/scale')),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(200);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(50);
  });

  it('run a job once, and both know of it', async () => {
    const before = stub.callCount;
    const path = '/api/v1/rag/index?async=true';
    const accepted = await call(0, 'jobs', path, indexing('replicas', [sampleDocument('one')]));
    expect(accepted.status).toBe(202);
    const { status_url } = JSON.parse(accepted.text) as { status_url: string };
    await eventually(async () => {
      const { text } = await call(1, 'jobs', status_url);
      expect(JSON.parse(text)).toMatchObject({ state: 'succeeded' });
    });
    expect(stub.callCount).toBe(before + 1);
  });
});

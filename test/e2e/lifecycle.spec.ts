import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { Agent, request as httpRequest } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../support/eventually.js';
import { JsonClient } from '../support/json-client.js';
import { OpenAiStub } from '../support/openai-stub.js';
import { indexing, listIds, sampleDocument } from '../support/sample-documents.js';
import { ServiceProcess } from '../support/service-process.js';
import { createEmbedded, createTestDatabase, type TestDatabase } from '../support/test-database.js';

const GENERATE = '/api/v1/embeddings/generate';
const MODEL = 'stub-model';
const STACK = /\bat .*:\d+:\d+|node_modules/u;

const running: ServiceProcess[] = [];
const databases: TestDatabase[] = [];
let stub: OpenAiStub;

beforeAll(async () => {
  stub = await OpenAiStub.start();
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((service) => service.kill()));
  await Promise.all(databases.splice(0).map((database) => database.remove()));
  stub.reset();
});

afterAll(() => stub.close());

function spawnService(variables: Record<string, string | undefined>): ServiceProcess {
  const service = ServiceProcess.spawn(variables);
  running.push(service);
  return service;
}

async function startService(variables: Record<string, string | undefined>): Promise<ServiceProcess> {
  const service = spawnService(variables);
  await service.ready();
  return service;
}

async function prepare(database: Promise<TestDatabase> = createTestDatabase()): Promise<TestDatabase> {
  databases.push(await database);
  return database;
}

/** A service whose embedding calls answer when the stub is told to. */
async function startWithHeldModel(variables: Record<string, string> = {}) {
  const { variables: address } = await prepare();
  const service = await startService({
    ...address,
    OPENAI_BASE_URL: stub.baseUrl,
    EMBEDDING_MODEL: MODEL,
    ...variables,
  });
  return { service, address, release: stub.hold() };
}

describe('a start that fails', () => {
  it('lists all wrong settings at once, with no stack and no secret', async () => {
    const service = spawnService({
      PORT: 'eighty',
      LOG_LEVEL: 'loud',
      DATABASE_URL: 'mysql://user:hunter2@localhost/db',
      OPENAI_API_KEY: 'sk-secret\nkey',
      OPENAI_BASE_URL: 'not an address',
    });
    expect(await service.ended).toEqual({ code: 1, signal: null });
    for (const name of ['PORT', 'LOG_LEVEL', 'DATABASE_URL', 'OPENAI_BASE_URL']) {
      expect(service.stderr).toContain(`  - ${name} `);
    }
    expect(service.stderr).not.toMatch(/hunter2|sk-secret/u);
    expect(service.stderr).not.toMatch(STACK);
    expect(service.stdout).toBe('');
  });

  it('says in one line that the port is taken, and leaves the database in order', async () => {
    const occupier = createServer().listen(0, '127.0.0.1');
    await once(occupier, 'listening');
    const { port } = occupier.address() as AddressInfo;
    const { variables } = await prepare(createEmbedded());
    const temporary = await mkdtemp(join(tmpdir(), 'lifecycle-'));
    try {
      const service = spawnService({
        ...variables,
        PORT: String(port),
        TMPDIR: temporary,
        // Nobody has been told that the service is there.
        SHUTDOWN_DELAY_MS: '300000',
      });
      expect(await service.ended).toEqual({ code: 1, signal: null });
      expect(service.stderr.trimEnd().split('\n').at(-1)).toBe(
        `PORT ${port} on 127.0.0.1 is in use; stop what listens there, or set another PORT.`,
      );
      expect(service.stderr).not.toMatch(STACK);
      expect(await readdir(temporary)).toEqual([]);
      expect(await readdir(String(variables['DATA_DIR']))).not.toContain('lock');
    } finally {
      occupier.close();
      await rm(temporary, { recursive: true, force: true });
    }
  });

  it('says that DATA_DIR is taken, while the first process goes on working', async () => {
    const { variables } = await prepare(createEmbedded());
    const first = await startService(variables);
    const second = spawnService(variables);
    expect(await second.ended).toEqual({ code: 1, signal: null });
    expect(second.stderr.trimEnd().split('\n')).toEqual([
      expect.stringMatching(
        new RegExp(`^DATA_DIR .* is in use by process ${first.pid}\\. .*DATABASE_URL`, 'u'),
      ),
    ]);
    const { status } = await first.client.post(
      '/api/v1/rag/index',
      indexing('lifecycle', [sampleDocument('one')]),
    );
    expect(status).toBe(200);
  });
});

describe.each(['SIGTERM', 'SIGINT'] as const)('%s', (signal) => {
  it('lets requests in flight finish, refuses new ones, and ends with 0', async () => {
    const { service, release } = await startWithHeldModel();
    const inFlight = service.client.post(GENERATE, { text: 'slow' });
    await eventually(() => {
      expect(stub.callCount).toBe(1);
    });
    service.signal(signal);
    await eventually(async () => {
      expect(await statusOf(service, GENERATE)).toBe(503);
    });
    release();
    expect(await inFlight).toMatchObject({ status: 200, body: { model: MODEL, cached: false } });
    expect(await service.ended).toEqual({ code: 0, signal: null });
  });
});

describe('the end of the service', () => {
  it('is announced by readiness while it still takes requests', async () => {
    const { variables } = await prepare();
    const service = await startService({ ...variables, SHUTDOWN_DELAY_MS: '1500' });
    service.signal('SIGTERM');
    await eventually(async () => {
      const { status, body, headers } = await service.client.get('/ready');
      expect(body['status']).toBe('shutting_down');
      expect([status, headers.get('connection')]).toEqual([503, 'close']);
    });
    expect((await service.client.post(GENERATE, { text: 'still served' })).status).toBe(200);
    expect((await service.client.get('/health')).status).toBe(200);
    expect(await service.ended).toEqual({ code: 0, signal: null });
  });

  it('refuses new requests with a problem while it drains', async () => {
    const { service, release } = await startWithHeldModel();
    const inFlight = service.client.post(GENERATE, { text: 'slow' });
    await eventually(() => {
      expect(stub.callCount).toBe(1);
    });
    service.signal('SIGTERM');
    await eventually(async () => {
      expect(await statusOf(service, '/api/v1/rag/collections')).toBe(503);
    });
    const refused = await service.client.get('/api/v1/rag/collections');
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    expect(refused.headers.get('connection')).toBe('close');
    expect(refused.body).toMatchObject({
      status: 503,
      detail: expect.stringContaining('shutting down') as string,
    });
    release();
    await inFlight;
    await service.ended;
  });

  it('drops nothing under load, while clients go elsewhere once they are told', async () => {
    const { variables } = await prepare();
    const service = await startService({ ...variables, SHUTDOWN_DELAY_MS: '500' });
    const statuses: number[] = [];
    const clients = Array.from({ length: 20 }, async (_, client) => {
      for (let index = 0; ; index += 1) {
        const { status, headers } = await service.client.post(GENERATE, { text: `${client} ${index}` });
        statuses.push(status);
        if (headers.get('connection') === 'close') return;
      }
    });
    await eventually(() => {
      expect(statuses.length).toBeGreaterThan(100);
    });
    service.signal('SIGTERM');
    await Promise.all(clients);
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(await service.ended).toEqual({ code: 0, signal: null });
  });

  it('waits for no idle connection', async () => {
    const { variables } = await prepare();
    const service = await startService({ ...variables, SHUTDOWN_TIMEOUT_MS: '600000' });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    try {
      await getOn(agent, `${service.url}/health`);
      expect(Object.keys(agent.freeSockets)).toHaveLength(1);
      expect(await service.stop()).toEqual({ code: 0, signal: null });
    } finally {
      agent.destroy();
    }
  });

  it('cuts off a request that does not finish in time, and is still in order', async () => {
    const { service, address, release } = await startWithHeldModel({ SHUTDOWN_TIMEOUT_MS: '300' });
    const outcome = service.client.post(GENERATE, { text: 'endless' }).then(
      () => 'answered',
      () => 'cut off',
    );
    await eventually(() => {
      expect(stub.callCount).toBe(1);
    });
    expect(await service.stop()).toEqual({ code: 0, signal: null });
    expect(await outcome).toBe('cut off');
    release();
    const next = await startService(address);
    expect((await next.client.get('/ready')).status).toBe(200);
  });

  it('keeps what a request stores meanwhile, and the next start finds it', async () => {
    const { variables } = await prepare();
    const temporary = await mkdtemp(join(tmpdir(), 'lifecycle-'));
    try {
      const service = await startService({ ...variables, TMPDIR: temporary });
      const documents = Array.from({ length: 400 }, (_, index) => sampleDocument(`document-${index}`));
      await service.client.post('/api/v1/rag/index', indexing('kept', documents.slice(0, 1)));
      const indexed = service.client.post('/api/v1/rag/index', indexing('kept', documents));
      await eventually(async () => {
        expect((await listIds(service.client, 'kept')).length).toBeGreaterThan(1);
      });
      const end = service.stop();
      expect(await indexed).toMatchObject({ status: 200, body: { indexed: 399, unchanged: 1 } });
      expect(await end).toEqual({ code: 0, signal: null });
      expect(await readdir(temporary)).toEqual([]);
      const next = await startService(variables);
      expect((await listIds(next.client, 'kept')).sort()).toEqual(documents.map(({ id }) => id).sort());
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  });
});

describe('an end that goes wrong', () => {
  it('is cut short by a second signal', async () => {
    const { service, release } = await startWithHeldModel({ SHUTDOWN_TIMEOUT_MS: '600000' });
    const outcome = service.client.post(GENERATE, { text: 'endless' }).catch(() => 'cut off');
    await stub.untilCalled();
    service.signal('SIGTERM');
    await eventually(async () => {
      expect(await statusOf(service, GENERATE)).toBe(503);
    });
    service.signal('SIGTERM');
    expect(await service.ended).toEqual({ code: 143, signal: null });
    expect(await outcome).toBe('cut off');
    expect(service.stdout + service.stderr).toContain('SIGTERM for the second time');
    release();
  });

  it.each([
    ['a rejection that nobody handles', 'Promise.reject(new Error("left alone"))', 'unhandledRejection'],
    [
      'an error that nobody catches',
      'setImmediate(() => { throw new Error("left alone") })',
      'uncaughtException',
    ],
  ])('comes after %s, with its reason in the log and code 1', async (_, statement, origin) => {
    const { variables } = await prepare();
    const fault = `data:text/javascript,${encodeURIComponent(`process.on("SIGUSR2",()=>{${statement}})`)}`;
    const service = await startService({ ...variables, NODE_OPTIONS: `--import=${fault}` });
    service.signal('SIGUSR2');
    expect(await service.ended).toEqual({ code: 1, signal: null });
    expect(service.stdout + service.stderr).toContain(`${origin}, which is a bug; ending: left alone`);
  });
});

async function statusOf({ url }: ServiceProcess, path: string): Promise<number> {
  return (await new JsonClient(url).get(path)).status;
}

async function getOn(agent: Agent, url: string): Promise<void> {
  const request = httpRequest(url, { agent }).end();
  const [response] = (await once(request, 'response')) as [NodeJS.ReadableStream];
  response.resume();
  await once(response, 'end');
  // The connection goes back to the agent a turn later.
  await new Promise((resolve) => setImmediate(resolve));
}

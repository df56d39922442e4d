import { createApiKey } from '../../src/common/auth/api-keys.js';
import { bodyOf, exactRequest } from '../support/exact-request.js';
import { fetchDocument, listOperations, type Operation } from '../support/openapi-document.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const { key, entry } = createApiKey('shop');
const MODELS = '/api/v1/embeddings/models';
const OPEN = ['GET /health', 'GET /ready'];

describe('authentication', () => {
  let service: TestApp;
  let operations: Operation[];

  beforeAll(async () => {
    service = await startTestApp({ API_KEYS: entry, PUBLIC_DOCS: 'true' });
    operations = listOperations(await fetchDocument(service.url));
  });

  afterAll(() => service.close());

  const get = (path: string, headers: Record<string, string> = {}) =>
    exactRequest(service.url, { path, headers });

  it('closes every operation but those for whoever routes requests', async () => {
    expect(operations.length).toBeGreaterThan(10);
    const open = [];
    for (const { name, method, path } of operations) {
      const answer = await exactRequest(service.url, { method, path: path.replaceAll(/[{}]/gu, '') });
      if (answer.status !== 401) open.push(name);
    }
    expect(open).toEqual(OPEN);
  });

  it('says in the document which are closed', () => {
    const open = operations.filter(({ responses }) => responses['401'] === undefined);
    expect(open.map(({ name }) => name)).toEqual(OPEN);
  });

  it('says what to send, and nothing of what was sent', async () => {
    const answer = await get(MODELS, { authorization: 'Bearer hunter2' });
    expect(answer.headers['www-authenticate']).toBe('Bearer');
    expect(bodyOf(answer)).toMatchObject({ type: '/problems/unauthorized', status: 401 });
    expect(answer.text).not.toContain('hunter2');
    expect(bodyOf(await get(MODELS))['detail']).toContain('X-API-Key');
  });

  it.each([
    ['Bearer', { authorization: `Bearer ${key}` }],
    ['bearer', { authorization: `bearer ${key}` }],
    ['X-API-Key', { 'x-api-key': key }],
  ])('takes a key as %s', async (_, headers) => {
    expect((await get(MODELS, headers)).status).toBe(200);
  });

  it.each([
    ['Basic', { authorization: `Basic ${key}` }],
    ['no scheme', { authorization: key }],
    ['its hash', { authorization: `Bearer ${entry.split(':')[1]!}` }],
    ['a long one', { 'x-api-key': 'a'.repeat(10_000) }],
    ['an empty one', { 'x-api-key': '' }],
  ])('takes no key as %s', async (_, headers) => {
    expect((await get(MODELS, headers)).status).toBe(401);
  });

  it.each(['/health/', '/HEALTH', '//health', '/health/../api/v1/embeddings/models', '/nowhere', '/metrics'])(
    'is not fooled by %s',
    async (path) => {
      expect((await get(path)).status).toBe(401);
    },
  );

  it('leaves the documentation open only where that is wished', async () => {
    for (const path of ['/docs', '/redoc', '/openapi.json']) expect((await get(path)).status).toBe(200);
    const closed = await startTestApp({ API_KEYS: entry });
    for (const path of ['/docs', '/docs/swagger-ui.css', '/redoc', '/openapi.json']) {
      expect((await exactRequest(closed.url, { path })).status).toBe(401);
    }
    await closed.close();
  });
});

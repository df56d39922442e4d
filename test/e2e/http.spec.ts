import { bodyOf, exactRequest, sendBytes } from '../support/exact-request.js';
import { GOOD_CALLS, toRequest } from '../support/good-calls.js';
import { startFullApp } from '../support/full-app.js';
import { dereference, fetchDocument, listOperations } from '../support/openapi-document.js';
import type { TestApp } from '../support/test-app.js';

const GENERATE = '/api/v1/embeddings/generate';
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/u;
const SECRET = 'sk-hunter2';

describe('HTTP', () => {
  let service: TestApp;

  beforeAll(async () => {
    service = await startFullApp({ OPENAI_API_KEY: SECRET });
  });
  afterAll(() => service.close());

  const get = (path: string, headers: Record<string, string> = {}) =>
    exactRequest(service.url, { path, headers });
  const post = (path: string, body: object) =>
    exactRequest(service.url, { method: 'POST', path, body: JSON.stringify(body) });

  describe('request ids', () => {
    it.each(['a', 'a'.repeat(128), 'Trace:1.2-3_4', '5c2b1e0a-8f0e-4f0e-9d5d-0c3a6f2b7a11'])(
      'keep a sane one: %s',
      async (id) => {
        expect((await get('/health', { 'x-request-id': id })).headers['x-request-id']).toBe(id);
        const refused = await get('/nowhere', { 'x-request-id': id });
        expect(refused.headers['x-request-id']).toBe(id);
        expect(bodyOf(refused)['request_id']).toBe(id);
      },
    );

    it.each(['', ' ', 'a b', 'a'.repeat(129), '<script>', 'a%0d%0ab', '\u00e9', '{}', 'a,b', '"', '\\'])(
      'replace an insane one: %j',
      async (id) => {
        const { headers } = await get('/health', { 'x-request-id': id });
        expect(headers['x-request-id']).toMatch(UUID);
      },
    );

    it.each([
      ['a good answer', 'GET', '/health', undefined],
      ['an unknown route', 'GET', '/nowhere', undefined],
      ['broken JSON', 'POST', GENERATE, '{'],
      ['a broken path', 'GET', '/%ZZ', undefined],
      ['an invalid body', 'POST', GENERATE, '{}'],
      ['a page', 'GET', '/docs', undefined],
      ['a file', 'GET', '/docs/swagger-ui.css', undefined],
    ])('are on %s', async (_, method, path, body) => {
      const request = { method, path, ...(body !== undefined && { body }) };
      const [one, other] = [
        await exactRequest(service.url, request),
        await exactRequest(service.url, request),
      ];
      expect(one.headers['x-request-id']).toMatch(UUID);
      expect(one.headers['x-request-id']).not.toBe(other.headers['x-request-id']);
    });
  });

  it('says on /health that the process lives', async () => {
    const answer = await get('/health');
    expect(answer.status).toBe(200);
    expect(bodyOf(answer)).toEqual({
      status: 'ok',
      service: 'ml-service',
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/u) as unknown,
      uptime_seconds: expect.any(Number) as unknown,
    });
  });

  it('says on /ready what it depends on, and no secret', async () => {
    const answer = await get('/ready');
    const states = {
      database: { status: 'up' },
      vector_store: { status: 'up' },
      cache: { status: 'up' },
      openai: { status: 'up' },
      anthropic: { status: 'not_configured' },
    };
    expect(answer.status).toBe(200);
    expect(bodyOf(answer)).toEqual({ status: 'ok', info: states, error: {}, details: states });
    expect(answer.text).not.toContain(SECRET);
  });

  describe('unknown routes', () => {
    it.each([
      ['GET', '/'],
      ['GET', '/nowhere'],
      ['GET', '/api/v1'],
      ['GET', '/api/v1/'],
      ['GET', '/api/v1/nowhere'],
      ['GET', '/api/v2/rag/stats'],
      ['GET', '/api/v1/health'],
      ['GET', '/api/v1/ready'],
      ['POST', '/nowhere'],
      ['GET', GENERATE],
      ['PUT', GENERATE],
      ['PATCH', '/api/v1/rag/stats'],
      ['POST', '/health'],
      ['DELETE', '/ready'],
      ['OPTIONS', '/api/v1/nowhere'],
      ['GET', '/docs/nowhere.js'],
      ['GET', '/docs/..%2f..%2fpackage.json'],
      ['GET', '/docs/../../package.json'],
      ['GET', '/redoc/..%2fmain.js'],
      ['GET', '//evil.example/'],
    ])('answer %s %s with a 404 problem', async (method, path) => {
      const answer = await exactRequest(service.url, { method, path: `${path}?token=hunter2` });
      expect(answer.status).toBe(404);
      expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
      expect(bodyOf(answer)).toEqual({
        type: '/problems/not-found',
        title: 'Not found',
        status: 404,
        detail: expect.any(String) as unknown,
        instance: path,
        request_id: answer.headers['x-request-id'],
      });
      expect(answer.text).not.toContain('hunter2');
    });
  });

  describe('what never becomes a request', () => {
    it.each([
      [400, 'no Host', 'GET /health HTTP/1.1\r\nConnection: close\r\n\r\n'],
      [431, 'a path of 20 KB', `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`],
      [431, 'a header of 20 KB', `GET / HTTP/1.1\r\nHost: x\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`],
      [400, 'no HTTP', 'hello\r\n\r\n'],
      [400, 'a TLS handshake', Buffer.from('16030100c8010000c40303', 'hex')],
      [400, 'zero bytes', Buffer.alloc(64)],
      [400, 'a blank in the path', 'GET /a b HTTP/1.1\r\nHost: x\r\n\r\n'],
      [400, 'a version that is none', 'GET / HTTP/9.9\r\nHost: x\r\n\r\n'],
      [400, 'a request that ends early', 'GET / HT'],
    ])('is answered with a %i problem: %s', async (status, _, bytes) => {
      const answer = await sendBytes(service.url, bytes);
      expect(answer.status).toBe(status);
      expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
      expect(bodyOf(answer)).toMatchObject({
        status,
        detail: expect.any(String) as unknown,
        request_id: answer.headers['x-request-id'],
      });
      expect(answer.headers['x-request-id']).toMatch(UUID);
      expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
      expect(answer.headers['x-content-type-options']).toBe('nosniff');
      expect((await get('/health')).status).toBe(200);
    });
  });

  describe('documentation', () => {
    it.each(['/docs', '/docs/', '/redoc'])('%s needs no other host', async (path) => {
      const page = await get(path);
      expect(page.status).toBe(200);
      expect(page.headers['content-type']).toMatch(/^text\/html/u);
      const links = [...page.text.matchAll(/(?:src|(?<!xlink:)href|spec-url)="([^"]+)"/gu)].map(
        ([, link]) => link!,
      );
      const targets = links
        .filter((link) => !link.startsWith('#'))
        .map((link) => new URL(link, service.url + path));
      expect(targets.length).toBeGreaterThan(0);
      for (const { origin, pathname } of targets) {
        expect(origin).toBe(new URL(service.url).origin);
        const asset = await get(pathname);
        expect(`${pathname} ${asset.status}`).toBe(`${pathname} 200`);
        expect(asset.text.length).toBeGreaterThan(100);
        if (pathname.endsWith('.css')) expect(asset.text).not.toMatch(/url\(["']?(?:https?:)?\/\//u);
      }
    });

    it('shows the document in its own pages', async () => {
      const document = await fetchDocument(service.url);
      expect((await get('/docs/swagger-ui-init.js')).text).toContain(Object.keys(document.paths)[0]);
    });
  });

  it.each(['/health', '/nowhere', '/docs', '/openapi.json', '/api/v1/rag/stats', '/redoc'])(
    'does not tell on %s what it is made of, nor computes tags',
    async (path) => {
      const { headers } = await get(path);
      expect(headers).not.toHaveProperty('x-powered-by');
      expect(headers).not.toHaveProperty('server');
      expect(headers).not.toHaveProperty('etag');
    },
  );

  describe('bodies', () => {
    it('ignores unknown fields, and takes null for an optional field as absent', async () => {
      const document = await fetchDocument(service.url);
      const operations = listOperations(document);
      const withBodies = GOOD_CALLS.filter(({ body }) => body !== undefined);
      expect(withBodies.length).toBeGreaterThan(0);
      for (const good of withBodies) {
        const { requestSchema } = operations.find(({ name }) => name === good.operation)!;
        const { properties = {}, required = [] } = dereference(document, requestSchema!);
        const optional = Object.keys(properties).filter((name) => !required.includes(name));
        // Of the same collection, so that what is asked for is there.
        const kept = [...required, 'collection'].filter((name) => name in good.body!);
        const body = Object.fromEntries(kept.map((name) => [name, good.body![name]]));
        const nulls = Object.fromEntries(
          optional.filter((name) => !kept.includes(name)).map((name) => [name, null]),
        );
        const { path } = toRequest(good);
        const plain = await post(path, body);
        const again = await post(path, body);
        expect([path, plain.status]).toEqual([path, 200]);
        expect(statusAndBody(await post(path, { ...nulls, ...body }))).toEqual(statusAndBody(again));
        const unknown = { unknown: { deep: [1, null] }, Text: 5, limits: 'x' };
        expect(statusAndBody(await post(path, { ...unknown, ...body }))).toEqual(statusAndBody(again));
      }
    });

    it('may take the default for a null collection', async () => {
      const documents = [{ text: 'The default takes it.', id: null, title: null, metadata: null }];
      const answer = await post('/api/v1/rag/index', { documents, collection: null });
      expect(answer.status).toBe(200);
      expect(bodyOf(answer)).toMatchObject({ collection: 'default', indexed: 1 });
    });

    it.each(['application/json', 'application/json; charset=utf-8', 'application/vnd.api+json'])(
      'may come as %s',
      async (type) => {
        const request = { method: 'POST', path: GENERATE, body: '{"text":"a"}' };
        const answer = await exactRequest(service.url, { ...request, headers: { 'content-type': type } });
        expect(answer.status).toBe(200);
      },
    );

    it.each([
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/jsonx',
      'nonsense',
      'application/json; charset=latin-1',
    ])('may not come as %s', async (type) => {
      const request = { method: 'POST', path: GENERATE, body: '{"text":"a"}' };
      const answer = await exactRequest(service.url, { ...request, headers: { 'content-type': type } });
      expect(answer.status).toBe(415);
      expect(bodyOf(answer)).toMatchObject({ type: '/problems/unsupported-media-type' });
    });
  });
});

/** The status and the body, once it is JSON. */
/** Without what differs each time. */
function statusAndBody({ status, text }: { status: number; text: string }) {
  const body = JSON.parse(text) as Record<string, unknown>;
  return { status, body: { ...body, estimate_id: null, outcome_id: null, timestamp: null } };
}

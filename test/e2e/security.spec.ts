import { existsSync, readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { createApiKey } from '../../src/common/auth/api-keys.js';
import { exactRequest, sendBytes } from '../support/exact-request.js';
import { encodeMultipart } from '../support/multipart.js';
import { ServiceProcess } from '../support/service-process.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const INDEX = '/api/v1/rag/index';
const SCALE = '/api/v1/complexity/scale';
const EVIL = 'evil.example';
const ROOT = join(import.meta.dirname, '../..');
const DOCUMENT = join(ROOT, 'docs/security.md');
const { key, entry } = createApiKey('scanner');

/** What a scanner of running services looks for; each row of docs/security.md names its test. */
describe('security', () => {
  let service: TestApp;

  beforeAll(async () => {
    service = await startTestApp({ API_KEYS: entry, PUBLIC_DOCS: 'true' });
  });
  afterAll(() => service.close());

  const send = (method: string, path: string, headers: Record<string, string> = {}, body?: string | Buffer) =>
    exactRequest(service.url, {
      method,
      path,
      headers: { 'x-api-key': key, ...headers },
      ...(body !== undefined && { body }),
    });
  const post = (path: string, body: string) => send('POST', path, {}, body);

  describe('headers of answers', () => {
    it.each([
      ['data', 'GET', SCALE],
      ['health', 'GET', '/health'],
      ['metrics', 'GET', '/metrics'],
      ['the document', 'GET', '/openapi.json'],
      ['an unknown route', 'GET', '/nowhere'],
      ['a refused body', 'POST', INDEX],
    ])('let a browser do nothing with %s', async (_, method, path) => {
      const { headers } = await send(method, path);
      expect(headers).toMatchObject({
        'content-security-policy':
          "default-src 'none';frame-ancestors 'none';base-uri 'none';form-action 'none'",
        'x-content-type-options': 'nosniff',
        'content-type': expect.stringMatching(/^(?:application|text)\/[\w+]+/u) as unknown,
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
      });
      expect(headers).not.toHaveProperty('x-powered-by');
      expect(headers).not.toHaveProperty('server');
    });

    it('are there too where a key is missing', async () => {
      const { status, headers } = await exactRequest(service.url, { path: SCALE });
      expect(status).toBe(401);
      expect(headers['x-content-type-options']).toBe('nosniff');
    });

    it.each(['/docs', '/redoc'])('let %s run scripts of the service alone', async (path) => {
      const { status, headers, text } = await send('GET', path);
      const policy = headers['content-security-policy'] ?? '';
      expect(status).toBe(200);
      expect(policy).toContain("default-src 'none';script-src 'self';connect-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe|https?:|\*/u);
      expect(text).not.toMatch(/<script(?![^>]*\ssrc=)[^>]*>\s*\S/u);
    });
  });

  describe('other origins', () => {
    it.each([SCALE, '/health', '/openapi.json'])('may not read %s', async (path) => {
      const { status, headers } = await send('GET', path, { origin: `https://${EVIL}` });
      expect(status).toBe(200);
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
    });

    it('are not let through a preflight', async () => {
      const { status, headers } = await send('OPTIONS', INDEX, {
        origin: `https://${EVIL}`,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      });
      expect(status).not.toBe(204);
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
    });
  });

  describe('methods', () => {
    it.each([
      ['TRACE', 404],
      // No method that the parser knows.
      ['TRACK', 400],
      ['PROPFIND', 404],
    ])('%s does nothing, and echoes nothing', async (method, status) => {
      const answer = await sendBytes(
        service.url,
        `${method} /health HTTP/1.1\r\nHost: x\r\nCookie: hunter2\r\nConnection: close\r\n\r\n`,
      );
      expect(answer.status).toBe(status);
      expect(answer.text).not.toContain('hunter2');
    });

    it('CONNECT opens nothing', async () => {
      const answer = await sendBytes(service.url, `CONNECT ${EVIL}:443 HTTP/1.1\r\nHost: ${EVIL}\r\n\r\n`);
      expect(answer.text).not.toContain('200');
      expect(answer.status).not.toBe(200);
    });
  });

  describe('the Host header', () => {
    it.each(['/health', '/nowhere', '/docs', '/redoc', '/openapi.json', '/docs/', INDEX])(
      'is nowhere in the answer to %s',
      async (path) => {
        const answer = await send('GET', path, { host: EVIL, 'x-forwarded-host': EVIL });
        expect(answer.text).not.toContain(EVIL);
        expect(JSON.stringify(answer.headers)).not.toContain(EVIL);
      },
    );

    it('may be in the request line instead, and leads nowhere', async () => {
      const answer = await sendBytes(
        service.url,
        `GET http://${EVIL}/health HTTP/1.1\r\nHost: ${EVIL}\r\nConnection: close\r\n\r\n`,
      );
      expect(answer.text).not.toContain(EVIL);
    });
  });

  describe('a second request hidden in the body of the first', () => {
    it.each([
      ['behind a length that chunks contradict', ['Content-Length: 4', 'Transfer-Encoding: chunked']],
      ['behind an encoding that is none', ['Content-Length: 4', 'Transfer-Encoding: xchunked']],
      ['behind two encodings', ['Transfer-Encoding: chunked', 'Transfer-Encoding: identity']],
      ['behind two lengths', ['Content-Length: 4', 'Content-Length: 40']],
    ])('is not answered: %s', async (_, lines) => {
      const head = [`POST ${INDEX} HTTP/1.1`, 'Host: x', 'Content-Type: application/json', ...lines];
      const hidden = 'GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
      const answer = await sendBytes(service.url, `${head.join('\r\n')}\r\n\r\n0\r\n\r\n${hidden}`);
      expect(answer.status).toBe(400);
      expect(answer.text).not.toContain('uptime_seconds');
    });
  });

  describe('prototypes', () => {
    const isClean = () => {
      const probe: Record<string, unknown> = {};
      return probe['polluted'] === undefined;
    };

    it.each([
      '{"__proto__":{"polluted":1},"documents":[{"text":"a"}]}',
      '{"constructor":{"prototype":{"polluted":1}},"documents":[{"text":"a"}]}',
      '{"documents":[{"text":"a","metadata":{"__proto__":{"polluted":1}}}]}',
    ])('are not changed by a body: %s', async (body) => {
      await post(INDEX, body);
      expect(isClean()).toBe(true);
    });

    it('are not changed by a query', async () => {
      await send('GET', '/api/v1/rag/collections?__proto__[polluted]=1&constructor[prototype][polluted]=1');
      expect(isClean()).toBe(true);
    });

    it('are not changed by a form', async () => {
      const { body, headers } = encodeMultipart({ '__proto__[polluted]': '1', __proto__x: '1' }, [
        { name: 'a.txt', content: 'text' },
      ]);
      await send('POST', '/api/v1/rag/index/file', headers, body);
      expect(isClean()).toBe(true);
    });
  });

  it('is shown by tests that there are', () => {
    const rows = readFileSync(DOCUMENT, 'utf8')
      .split('\n')
      .filter((line) => /^\| (?!Looked|-)/u.test(line));
    expect(rows.length).toBeGreaterThan(30);
    for (const row of rows) {
      const [, name, , shownBy = ''] = row.split('|');
      const specs = [...shownBy.matchAll(/`([\w./-]+\.spec\.ts)`/gu)].map(([, spec = '']) => spec);
      expect([name, specs.length > 0]).toEqual([name, true]);
      const paths = specs.map((spec) => join(ROOT, spec.includes('/') ? spec : `test/e2e/${spec}`));
      expect([name, paths.filter((path) => !existsSync(path))]).toEqual([name, []]);
    }
  });

  it('waits only so long for headers and bodies', () => {
    const server: Server = service.app.getHttpServer();
    expect(server.headersTimeout).toBeGreaterThan(0);
    expect(server.headersTimeout).toBeLessThanOrEqual(60_000);
    expect(server.requestTimeout).toBeGreaterThan(0);
    expect(server.requestTimeout).toBeLessThanOrEqual(300_000);
  });

  it.each(['//evil.example/..', '/docs//evil.example', '/\\evil.example', '/docs/%2e%2e//evil.example'])(
    'sends nobody elsewhere: %s',
    async (path) => {
      const { headers } = await send('GET', path);
      expect(headers).not.toHaveProperty('location');
    },
  );
});

describe('a service without keys', () => {
  it.each([
    ['0.0.0.0', {}, true],
    ['0.0.0.0', { API_KEYS: entry }, false],
    ['127.0.0.1', {}, false],
  ])('on %s with %j is warned about: %s', async (HOST, keys, isWarned) => {
    const service = await ServiceProcess.start({ HOST, ...keys });
    await service.stop();
    expect((service.stdout + service.stderr).includes('Whoever reaches this address')).toBe(isWarned);
  });
});

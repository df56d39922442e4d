import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { announceOnly, bodyOf, exactRequest, sendBytes } from '../support/exact-request.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const GENERATE = '/api/v1/embeddings/generate';
const INDEX = '/api/v1/rag/index';
const MAX_BODY_BYTES = 4096;
const BOMB_BYTES = 20 * 1024 * 1024;

/** An index request whose body has exactly this many bytes. */
function bodyOfLength(length: number): string {
  const around = JSON.stringify({ documents: [{ text: 'a' }], x: '' });
  return JSON.stringify({ documents: [{ text: 'a' }], x: 'y'.repeat(length - around.length) });
}

describe('bytes that are not what they should be', () => {
  let service: TestApp;

  beforeAll(async () => {
    service = await startTestApp({ MAX_BODY_BYTES: String(MAX_BODY_BYTES) });
  });
  afterAll(() => service.close());

  const index = (body: string | Buffer, headers: Record<string, string> = {}) =>
    exactRequest(service.url, { method: 'POST', path: INDEX, body, headers });
  /** A POST whose head ends with these lines, byte by byte. */
  const sendHead = (lines: readonly string[], body = '') => {
    const head = [`POST ${GENERATE} HTTP/1.1`, 'Host: x', 'Content-Type: application/json', ...lines];
    return sendBytes(service.url, `${head.join('\r\n')}\r\n\r\n${body}`);
  };

  describe('a body over MAX_BODY_BYTES', () => {
    const bomb = bodyOfLength(BOMB_BYTES);

    it.each([
      ['plain', bodyOfLength(MAX_BODY_BYTES + 1), {}],
      ['plain and large', bodyOfLength(1024 * 1024), {}],
      ['in chunks', bodyOfLength(MAX_BODY_BYTES + 1), { 'transfer-encoding': 'chunked' }],
      ['as a gzip bomb', gzipSync(bomb), { 'content-encoding': 'gzip' }],
      ['as a deflate bomb', deflateSync(bomb), { 'content-encoding': 'deflate' }],
      ['as a brotli bomb', brotliCompressSync(bomb), { 'content-encoding': 'br' }],
      [
        'as a gzip bomb that is small on the wire',
        gzipSync(bodyOfLength(MAX_BODY_BYTES + 1)),
        { 'content-encoding': 'gzip' },
      ],
    ] as [string, string | Buffer, Record<string, string>][])(
      'is answered with 413: %s',
      async (_, body, headers) => {
        const answer = await index(body, headers);
        expect(answer.status).toBe(413);
        expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/u);
        expect(bodyOf(answer)).toMatchObject({
          type: '/problems/payload-too-large',
          status: 413,
          instance: INDEX,
        });
      },
    );

    it('is answered before it comes, where it is announced', async () => {
      const head = { 'content-type': 'application/json', 'content-length': String(MAX_BODY_BYTES + 1) };
      const answer = await announceOnly(service.url, INDEX, head);
      expect([answer.status, bodyOf(answer)['type']]).toEqual([413, '/problems/payload-too-large']);
    });

    it.each(['gzip', 'deflate', 'br', 'compress', 'gzip, gzip', 'x'])(
      'is 400 or 415 where it is not %s at all',
      async (encoding) => {
        const answer = await index('{"documents":[{"text":"a"}]}', { 'content-encoding': encoding });
        expect(answer.status).toBe(['gzip', 'deflate', 'br'].includes(encoding) ? 400 : 415);
        expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/u);
      },
    );
  });

  describe('a wrong Content-Length', () => {
    it.each([
      ['is too small', ['Content-Length: 5'], '{"text":"a"}'],
      ['is too large', ['Content-Length: 500'], '{"text":"a"}'],
      ['is no number', ['Content-Length: many'], '{"text":"a"}'],
      ['is negative', ['Content-Length: -1'], '{"text":"a"}'],
      ['is beyond all numbers', [`Content-Length: ${'9'.repeat(40)}`], '{"text":"a"}'],
      ['comes twice', ['Content-Length: 12', 'Content-Length: 11'], '{"text":"a"}'],
      ['contradicts the chunks', ['Content-Length: 5', 'Transfer-Encoding: chunked'], '0\r\n\r\n'],
      ['is replaced by broken chunks', ['Transfer-Encoding: chunked'], 'zz\r\n{}\r\n0\r\n\r\n'],
      ['is replaced by chunks that end early', ['Transfer-Encoding: chunked'], 'c\r\n{"text":'],
    ])('is answered with 400: it %s', async (_, lines, body) => {
      const answer = await sendHead(lines, body);
      expect(answer.status).toBe(400);
      expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
      expect(bodyOf(answer)['request_id']).toBe(answer.headers['x-request-id']);
    });
  });

  describe('header injection', () => {
    const close = 'Connection: close';

    it.each([
      ['a line feed in a header', 400, ['x-request-id: a\nSet-Cookie: evil=1']],
      ['a carriage return in a header', 400, ['x-request-id: a\rSet-Cookie: evil=1']],
      ['a NUL in a header', 400, ['x-request-id: a\0b']],
      ['a folded header', 400, ['x-request-id: a\r\n Set-Cookie: evil=1']],
      ['a blank before the colon', 400, ['x-request-id : a']],
      ['two hosts', 422, ['Host: evil.example', close]],
      ['an encoded line break in a request id', 422, ['x-request-id: a%0d%0aSet-Cookie:evil=1', close]],
      ['two request ids', 422, ['x-request-id: a', 'x-request-id: b', close]],
      ['a strange trace', 422, ['traceparent: 00-<script>-1-1\t', close]],
      ['an expectation that nobody knows', 422, ['Expect: Set-Cookie', close]],
      ['prototype names', 422, ['__proto__: 1', 'constructor: 2', close]],
    ])('comes to nothing: %s', async (_, status, lines) => {
      const answer = await sendHead([...lines, 'Content-Length: 2'], '{}');
      expect(answer.status).toBe(status);
      expect(Object.keys(answer.headers)).not.toContain('set-cookie');
      expect(answer.headers['x-request-id']).toMatch(/^[\da-f-]{36}$/u);
    });

    it.each([
      '/%0d%0aSet-Cookie:%20evil=1',
      '/a?x=%0d%0aSet-Cookie:%20evil=1',
      '/%0aLocation:%20//evil.example',
    ])('comes to nothing in the path: %s', async (path) => {
      const answer = await exactRequest(service.url, { path });
      expect(answer.status).toBe(404);
      expect(answer.headers).not.toHaveProperty('set-cookie');
      expect(answer.headers).not.toHaveProperty('location');
      expect(bodyOf(answer)['instance']).toBe(path.split('?')[0]);
    });
  });

  it('leave nothing behind, and the service takes what is right to the byte', async () => {
    const stats = await exactRequest(service.url, { path: '/api/v1/rag/stats' });
    expect(bodyOf(stats)).toMatchObject({ total_collections: 0, total_documents: 0 });
    expect((await index(bodyOfLength(MAX_BODY_BYTES))).status).toBe(200);
    const packed = gzipSync(bodyOfLength(MAX_BODY_BYTES));
    expect((await index(packed, { 'content-encoding': 'gzip' })).status).toBe(200);
    expect((await exactRequest(service.url, { path: '/health' })).status).toBe(200);
  });
});

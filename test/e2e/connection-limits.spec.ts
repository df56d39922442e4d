import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { bodyOf, exactRequest, parseAnswer } from '../support/exact-request.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const HEAD = 'POST /api/v1/embeddings/generate HTTP/1.1\r\nHost: x\r\n';

describe('a service with limits on connections', () => {
  let service: TestApp;
  const sockets: Socket[] = [];

  beforeAll(async () => {
    service = await startTestApp({
      REQUEST_HEAD_TIMEOUT_MS: '200',
      REQUEST_TIMEOUT_MS: '400',
      MAX_CONNECTIONS: '10',
      MAX_HEAD_BYTES: '4096',
    });
  });

  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy();
  });

  afterAll(() => service.close());

  async function open(): Promise<Socket> {
    const { hostname, port } = new URL(service.url);
    const socket = connect(Number(port), hostname);
    sockets.push(socket);
    await once(socket, 'connect');
    return socket;
  }

  it.each([
    ['head', HEAD],
    ['body', `${HEAD}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{`],
  ])('answers a request whose %s stops arriving with 408, and hangs up', async (_, beginning) => {
    const socket = await open();
    socket.write(beginning);
    const parts: Buffer[] = [];
    for await (const part of socket) parts.push(part as Buffer);
    const answer = parseAnswer(Buffer.concat(parts).toString());
    expect(answer.status).toBe(408);
    expect(bodyOf(answer)).toMatchObject({ detail: 'The request took too long to arrive.' });
  });

  it('answers a head that is too long with 431', async () => {
    const long = { path: '/health', headers: { 'x-long': 'a'.repeat(5000) } };
    expect((await exactRequest(service.url, long)).status).toBe(431);
  });

  it('closes connections beyond the limit', async () => {
    const idle = await Promise.all(Array.from({ length: 10 }, open));
    const oneTooMany = await open();
    await once(oneTooMany, 'close');
    expect(idle.map((socket) => socket.destroyed)).not.toContain(true);
  });
});

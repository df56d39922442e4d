import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent } from 'undici';
import { pooledFetch } from './pooled-fetch.js';

describe('pooledFetch', () => {
  let server: Server;
  let agent: Agent;
  let url: string;
  let connections = 0;
  let answer: (request: IncomingMessage, response: ServerResponse) => void;

  beforeAll(async () => {
    server = createServer((request, response) => {
      answer(request, response);
    });
    server.on('connection', () => {
      connections += 1;
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    agent = new Agent();
  });

  afterAll(async () => {
    await agent.destroy();
    server.close();
  });

  it('sends method, path, headers and body, and reads status, headers and body', async () => {
    answer = (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method, url: path, headers } = request;
        const body = Buffer.concat(chunks).toString();
        response.writeHead(418, { 'content-type': 'application/json', 'set-cookie': ['a=1', 'b=2'] });
        response.end(JSON.stringify({ method, path, header: headers['x-test'], body }));
      });
    };

    const response = await pooledFetch(agent)(`${url}/path?query=1`, {
      method: 'POST',
      headers: { 'X-Test': 'yes' },
      body: 'ünïcode',
    });

    expect(response.status).toBe(418);
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    await expect(response.json()).resolves.toEqual({
      method: 'POST',
      path: '/path?query=1',
      header: 'yes',
      body: 'ünïcode',
    });
  });

  it('takes an answer without a body', async () => {
    answer = (_, response) => {
      response.writeHead(204);
      response.end();
    };

    const response = await pooledFetch(agent)(new URL(url));

    expect(response.status).toBe(204);
    expect(response.body).toBeNull();
  });

  it('does not follow redirects', async () => {
    answer = (_, response) => {
      response.writeHead(302, { location: 'http://127.0.0.1:9/' });
      response.end();
    };

    const response = await pooledFetch(agent)(new Request(url));

    expect(response.status).toBe(302);
    await response.text();
  });

  it('keeps its connection', async () => {
    answer = (_, response) => response.end('ok');
    const fetch = pooledFetch(agent);
    await (await fetch(url)).text();
    const before = connections;

    await (await fetch(url)).text();

    expect(connections).toBe(before);
  });

  it('stops a body that is on its way when the signal fires', async () => {
    answer = (_, response) => {
      response.write('half');
    };
    const controller = new AbortController();
    const response = await pooledFetch(agent)(url, { signal: controller.signal });
    const reading = response.text();

    controller.abort(new Error('client left'));

    await expect(reading).rejects.toThrow();
  });

  it('refuses what it can not send', async () => {
    await expect(pooledFetch(agent)(url, { method: 'POST', body: new Blob(['x']) })).rejects.toThrow(
      'Only text',
    );
  });
});

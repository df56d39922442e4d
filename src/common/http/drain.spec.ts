import type { Request, Response } from 'express';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadConfig } from '../../config/load-config.js';
import { Deferred } from '../async/deferred.js';
import { UnavailableError } from '../errors/unavailable.error.js';
import { Drain } from './drain.js';

describe('Drain', () => {
  let server: Server;
  let url: string;
  let drain: Drain;
  let release: () => void;
  /** Settles when the slow request has arrived. */
  let arrived: Promise<void>;

  async function serve(variables: Record<string, string> = {}): Promise<void> {
    drain = new Drain(loadConfig(variables));
    const arrival = new Deferred<undefined>();
    const held = new Deferred<undefined>();
    arrived = arrival.promise;
    release = () => {
      held.resolve(undefined);
    };
    server = createServer((request, response) => {
      drain.middleware(request as Request, response as Response, (error: unknown) => {
        if (error === undefined) void answer(request, response);
        else
          response
            .writeHead(error instanceof UnavailableError ? 503 : 500)
            .end(error instanceof Error ? error.message : '');
      });
    }).listen(0, '127.0.0.1');
    const answer = async ({ url }: IncomingMessage, response: ServerResponse): Promise<void> => {
      if (url === '/slow') {
        arrival.resolve(undefined);
        await held.promise;
      }
      response.end(url);
    };
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  afterEach(async () => {
    release();
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  const get = (path: string, init?: RequestInit) => fetch(`${url}${path}`, init);

  it('lets everything through while the service lives', async () => {
    await serve();
    const response = await get('/quick');
    expect([response.status, response.headers.get('connection')]).toEqual([200, 'keep-alive']);
    expect(drain.isLeaving).toBe(false);
  });

  it('ends at once when nothing is in flight', async () => {
    await serve({ SHUTDOWN_TIMEOUT_MS: '600000' });
    await get('/quick').then((response) => response.text());
    await drain.beforeApplicationShutdown('SIGTERM');
    expect(drain.isLeaving).toBe(true);
  });

  it('waits for a request in flight, and refuses others meanwhile', async () => {
    await serve({ SHUTDOWN_TIMEOUT_MS: '600000' });
    const slow = get('/slow');
    await arrived;
    const events: string[] = [];
    const drained = drain.beforeApplicationShutdown().then(() => events.push('drained'));
    const refused = await get('/quick');
    expect([refused.status, refused.headers.get('connection')]).toEqual([503, 'close']);
    expect(await refused.text()).toContain('shutting down');
    events.push('released');
    release();
    expect(await (await slow).text()).toBe('/slow');
    await drained;
    expect(events).toEqual(['released', 'drained']);
  });

  it('counts a request whose client went away as finished', async () => {
    await serve({ SHUTDOWN_TIMEOUT_MS: '600000' });
    const hangUp = new AbortController();
    const slow = get('/slow', { signal: hangUp.signal }).catch(() => 'gone');
    await arrived;
    const drained = drain.beforeApplicationShutdown();
    hangUp.abort();
    expect(await slow).toBe('gone');
    await drained;
  });

  it('gives up on a request that does not finish in time', async () => {
    await serve({ SHUTDOWN_TIMEOUT_MS: '100' });
    const slow = get('/slow');
    await arrived;
    await drain.beforeApplicationShutdown('SIGTERM');
    release();
    expect((await slow).status).toBe(200);
  });

  it('still takes requests while it announces its end after a signal, asking clients to connect elsewhere', async () => {
    await serve({ SHUTDOWN_DELAY_MS: '1000' });
    const drained = drain.beforeApplicationShutdown('SIGTERM');
    const response = await get('/quick');
    expect([response.status, response.headers.get('connection')]).toEqual([200, 'close']);
    expect(drain.isLeaving).toBe(true);
    await drained;
    expect((await get('/quick')).status).toBe(503);
  });

  it('announces nothing when no signal ends the process', async () => {
    await serve({ SHUTDOWN_DELAY_MS: '300000' });
    await drain.beforeApplicationShutdown();
    expect((await get('/quick')).status).toBe(503);
  });
});

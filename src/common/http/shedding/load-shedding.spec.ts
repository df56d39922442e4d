import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadConfig } from '../../../config/load-config.js';
import { eventually } from '../../../../test/support/eventually.js';
import { Metrics } from '../../metrics/metrics.js';
import type { Admission } from './admission.js';
import { LoadShedding, type Visitor } from './load-shedding.js';

const MAX_IN_FLIGHT = 2;
const ALWAYS_ANSWERED = ['/health', '/ready', '/metrics'];

describe('LoadShedding', () => {
  const metrics = new Metrics();
  const shedding = new LoadShedding(
    loadConfig({ MAX_REQUESTS_IN_FLIGHT: String(MAX_IN_FLIGHT), MAX_EVENT_LOOP_LAG_MS: '0' }),
    metrics,
  );
  /** Says `inside` with the response when a request has been let through. */
  const service = new EventEmitter();
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    if (ALWAYS_ANSWERED.includes(request.url ?? '')) response.end();
    else service.emit('inside', response);
  });
  let url: string;

  beforeAll(async () => {
    shedding.guard(server);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    metrics.onApplicationShutdown();
    server.closeAllConnections();
    await once(server.close(), 'close');
  });

  async function letIn(path: string) {
    const inside = once(service, 'inside') as Promise<[ServerResponse]>;
    const answer = fetch(url + path);
    const [response] = await inside;
    return async () => {
      const closed = once(response, 'close');
      response.end();
      await closed;
      return (await answer).status;
    };
  }

  it('refuses what comes on top of those in flight, until one of them has ended', async () => {
    const [finishFirst, finishSecond] = [await letIn('/a'), await letIn('/b')];
    const refused = await fetch(`${url}/c?text=secret`, {
      method: 'POST',
      body: 'never read',
      headers: { 'x-request-id': 'mine' },
    });
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    expect(refused.headers.get('x-content-type-options')).toBe('nosniff');
    expect(refused.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(refused.headers.get('x-request-id')).toBe('mine');
    expect(await refused.json()).toMatchObject({
      type: '/problems/unavailable',
      instance: '/c',
      request_id: 'mine',
    });
    for (const path of ALWAYS_ANSWERED) expect((await fetch(url + path)).status).toBe(200);
    expect(await finishFirst()).toBe(200);
    const finishThird = await letIn('/d');
    expect([await finishSecond(), await finishThird()]).toEqual([200, 200]);
    expect(await metrics.text()).toContain('ml_service_requests_shed_total{reason="in_flight"} 1');
  });

  it('asks a queue who may join, and tells it of those that are refused anyway', async () => {
    const admissions: Admission[] = [];
    const held: Visitor[] = [];
    let refusedElsewhere = 0;
    shedding.watch({
      reason: 'full',
      judge: (path, visitor) => {
        admissions.push(visitor.admission);
        if (path === '/waits') held.push(visitor);
        return path === '/full' ? 'refuse' : path === '/waits' ? 'wait' : 'enter';
      },
      refusedElsewhere: () => {
        refusedElsewhere += 1;
      },
    });
    expect((await fetch(`${url}/full`)).status).toBe(503);
    const finishers = [await letIn('/a'), await letIn('/b')];
    expect((await fetch(`${url}/c`)).status).toBe(503);
    expect(refusedElsewhere).toBe(1);
    expect(admissions.map(({ stage }) => stage)).toEqual(['coming', 'coming', 'coming']);
    for (const finish of finishers) await finish();
    expect(admissions.map(({ stage }) => stage)).toEqual(['coming', 'served', 'served']);
    expect(await metrics.text()).toContain('ml_service_requests_shed_total{reason="full"} 1');

    const answers = [fetch(`${url}/waits`), fetch(`${url}/waits`)];
    await eventually(() => {
      expect(held).toHaveLength(2);
    });
    // Whoever waits is in flight.
    expect((await fetch(`${url}/d`)).status).toBe(503);
    held[0]?.refuse();
    const inside = once(service, 'inside') as Promise<[ServerResponse]>;
    held[1]?.enter();
    const [response] = await inside;
    response.end();
    const statuses = (await Promise.all(answers)).map(({ status }) => status).sort((a, b) => a - b);
    expect(statuses).toEqual([200, 503]);
    await eventually(() => {
      expect(held.map(({ admission }) => admission.stage)).toEqual(['served', 'served']);
    });
    await (
      await letIn('/e')
    )();
  });
});

import type { Request, Response } from 'express';
import { EventEmitter } from 'node:events';
import { loadConfig } from '../../config/load-config.js';
import { Metrics } from '../metrics/metrics.js';
import { LoadShedding } from './load-shedding.js';

class FakeResponse extends EventEmitter {
  readonly headers = new Map<string, unknown>();
  body = '';
  statusCode = 200;

  setHeader(name: string, value: unknown): void {
    this.headers.set(name, value);
  }

  status(code: number): this {
    this.statusCode = code;
    return this;
  }

  type(): this {
    return this;
  }

  send(body: string): void {
    this.body = body;
  }
}

describe('LoadShedding', () => {
  const metrics = new Metrics();
  const shedding = new LoadShedding(loadConfig({ MAX_REQUESTS_IN_FLIGHT: '2' }), metrics);

  afterAll(() => {
    metrics.onApplicationShutdown();
  });

  function arrive(path: string): FakeResponse | 'let through' {
    const response = new FakeResponse();
    shedding.middleware({ path } as Request, response as unknown as Response, () => {
      open.push(response);
    });
    return open.includes(response) ? 'let through' : response;
  }

  const open: FakeResponse[] = [];

  it('refuses what comes on top of those in flight, until one of them has ended', async () => {
    expect([arrive('/a'), arrive('/b')]).toEqual(['let through', 'let through']);
    const refused = arrive('/c') as FakeResponse;
    expect(refused.statusCode).toBe(503);
    expect(JSON.parse(refused.body)).toMatchObject({ type: '/problems/unavailable', instance: '/c' });
    expect(refused.headers.get('Retry-After')).toBeGreaterThanOrEqual(1);
    expect(['/health', '/ready', '/metrics'].map(arrive)).toEqual(Array(3).fill('let through'));
    open[0]!.emit('close');
    expect(arrive('/d')).toBe('let through');
    expect(await metrics.text()).toContain('ml_service_requests_shed_total{reason="in_flight"} 1');
  });
});

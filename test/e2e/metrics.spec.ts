import { exactRequest } from '../support/exact-request.js';
import { JsonClient } from '../support/json-client.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe('/metrics', () => {
  let service: TestApp;

  beforeAll(async () => {
    service = await startTestApp();
  });

  afterAll(() => service.close());

  const read = async () => (await exactRequest(service.url, { path: '/metrics' })).text;
  const valueOf = (text: string, sample: string) =>
    Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`${sample} `))
        ?.slice(sample.length + 1),
    );

  it('is text as Prometheus reads it', async () => {
    const { status, headers } = await exactRequest(service.url, { path: '/metrics' });
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
  });

  it('counts requests by the pattern of their route, and never by what clients choose', async () => {
    const client = new JsonClient(service.url);
    await client.get('/api/v1/rag/collection/hunter2/documents');
    await client.get('/api/v1/rag/collection/hunter3/documents');
    await client.get('/hunter4');
    await client.send('HUNTER5', '/health');
    const text = await read();
    const route = 'method="GET",route="/api/v1/rag/collection/:name/documents",status="404"';
    expect(valueOf(text, `ml_service_http_request_duration_seconds_count{${route}}`)).toBe(2);
    expect(text).not.toMatch(/hunter/iu);
    expect(valueOf(text, 'ml_service_http_requests_in_flight')).toBe(1);
  });

  it('shows the event loop, the cache and the database', async () => {
    const text = await read();
    expect(valueOf(text, 'nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0);
    expect(valueOf(text, 'ml_service_dependency_up{dependency="cache"}')).toBe(1);
    expect(valueOf(text, 'ml_service_database_connections{state="idle"}')).toBeGreaterThanOrEqual(0);
    expect(text).not.toContain('dependency="openai"');
  });
});

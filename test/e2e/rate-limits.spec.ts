import { createApiKey } from '../../src/common/auth/api-keys.js';
import { bodyOf, exactRequest } from '../support/exact-request.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const SCALE = '/api/v1/complexity/scale';
const [one, other] = [createApiKey('one'), createApiKey('other')];

describe('rate limits', () => {
  let service: TestApp;

  beforeEach(async () => {
    service = await startTestApp({
      API_KEYS: `${one.entry},${other.entry}`,
      RATE_LIMIT_PER_MINUTE: '1',
      RATE_LIMIT_BURST: '3',
    });
  });

  afterEach(() => service.close());

  const get = (path: string, key = one.key) =>
    exactRequest(service.url, { path, headers: { 'x-api-key': key } });

  it('refuse what is over them with 429, and say when to try again', async () => {
    for (let index = 0; index < 3; index += 1) expect((await get(SCALE)).status).toBe(200);
    const refused = await get(SCALE);
    expect(refused.status).toBe(429);
    expect(bodyOf(refused)).toMatchObject({
      type: '/problems/rate-limited',
      detail: expect.stringContaining('RATE_LIMIT_PER_MINUTE') as string,
    });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(50);
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(60);
    expect((await get(SCALE, other.key)).status).toBe(200);
  });

  it('are told on every answer', async () => {
    const { headers } = await get(SCALE);
    expect(headers['ratelimit-policy']).toBe('"requests";q=3;w=180');
    expect(headers['ratelimit']).toBe('"requests";r=2;t=60');
  });

  it('count what is refused for other reasons, but nobody without a key', async () => {
    expect((await get('/api/v1/nowhere')).status).toBe(404);
    expect((await get(SCALE, 'wrong')).status).toBe(401);
    expect((await get(SCALE)).headers['ratelimit']).toMatch(/;r=1;/u);
  });

  it.each(['/health', '/ready', '/metrics', '/openapi.json'])('leave %s alone', async (path) => {
    for (let index = 0; index < 5; index += 1) {
      const answer = await get(path);
      expect(answer.status).toBe(200);
      expect(answer.headers).not.toHaveProperty('ratelimit');
    }
  });
});

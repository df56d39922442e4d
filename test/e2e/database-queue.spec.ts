import { Sessions } from '../../src/core/database/sessions.js';
import { eventually } from '../support/eventually.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const MANY = 100;
const MAX_WAIT_MS = 10;
const NEED_THE_DATABASE = ['/api/v1/rag/stats', '/api/v1/jobs', '/api/v1/complexity/accuracy'];

describe('a database that has too much to do', () => {
  let service: TestApp;

  beforeAll(async () => {
    service = await startTestApp({ MAX_DATABASE_WAIT_MS: String(MAX_WAIT_MS) });
  });
  afterAll(() => service.close());

  const statusOf = async (path: string) => (await fetch(service.url + path)).status;

  it('costs those a 503 at once who need it, and nobody else', async () => {
    const sessions = service.app.get(Sessions);
    let letGo!: () => void;
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const queue = Array.from({ length: MANY }, () => sessions.run('default', () => held));
    try {
      await eventually(() => {
        expect(sessions.longestWaitMs).toBeGreaterThan(MAX_WAIT_MS);
      });
      expect(await Promise.all(NEED_THE_DATABASE.map(statusOf))).toEqual([503, 503, 503]);
      expect(await statusOf('/api/v1/embeddings/models')).toBe(200);
      expect(await statusOf('/health')).toBe(200);
      expect(await (await fetch(`${service.url}/metrics`)).text()).toMatch(
        /ml_service_requests_shed_total\{reason="database"\} [3-9]/u,
      );
    } finally {
      letGo();
    }
    await Promise.all(queue);
    expect(await statusOf('/api/v1/rag/stats')).toBe(200);
  });
});

import { Deferred } from '../../src/common/async/deferred.js';
import { DatabaseQueue } from '../../src/core/database/database-queue.js';
import { Sessions } from '../../src/core/database/sessions.js';
import { eventually } from '../support/eventually.js';
import { indexing, sampleDocument } from '../support/sample-documents.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const MANY = 100;
const CROWD = 64;
const MAX_WAIT_MS = 10;
const NEED_THE_DATABASE = ['/api/v1/rag/stats', '/api/v1/jobs', '/api/v1/complexity/accuracy'];
const NEED_NONE = ['/api/v1/embeddings/models', '/api/v1/complexity/scale'];

describe('a database that has too much to do', () => {
  let service: TestApp;

  beforeAll(async () => {
    service = await startTestApp({ MAX_DATABASE_WAIT_MS: String(MAX_WAIT_MS), DATABASE_POOL_SIZE: '1' });
  });
  afterAll(() => service.close());

  const statusOf = async (path: string) => (await fetch(service.url + path)).status;
  const index = (id: string) =>
    fetch(`${service.url}/api/v1/rag/index`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(indexing('notes', [sampleDocument(id)])),
    });

  /** Takes the one connection, and lets so many wait for it. @returns what gives it back */
  function hold(sessions: Sessions, waiting: number): () => Promise<void> {
    const held = new Deferred<void>();
    const queue = Array.from({ length: 1 + waiting }, () => sessions.run('default', () => held.promise));
    return async () => {
      held.resolve();
      await Promise.all(queue);
    };
  }

  it('costs those a 503 at once who need it, and nobody else', async () => {
    const sessions = service.app.get(Sessions);
    const letGo = hold(sessions, MANY);
    try {
      await eventually(() => {
        expect(sessions.turns.longestWaitMs).toBeGreaterThan(MAX_WAIT_MS);
      });
      expect(await Promise.all(NEED_THE_DATABASE.map(statusOf))).toEqual([503, 503, 503]);
      expect(await Promise.all(NEED_NONE.map(statusOf))).toEqual([200, 200]);
      expect(await statusOf('/health')).toBe(200);
      expect(await (await fetch(`${service.url}/metrics`)).text()).toMatch(
        /ml_service_requests_shed_total\{reason="database"\} [3-9]/u,
      );
    } finally {
      await letGo();
    }
    expect(await statusOf('/api/v1/rag/stats')).toBe(200);
  });

  it('has a crowd wait at the door until it is its turn, but nobody who has gone', async () => {
    const sessions = service.app.get(Sessions);
    // Until the pressure of before is over.
    await eventually(() => {
      expect(service.app.get(DatabaseQueue).isPressed).toBe(false);
    });
    const letGo = hold(sessions, 0);
    const gone = new AbortController();
    const crowd = Array.from({ length: CROWD - 4 }, () => statusOf('/api/v1/rag/stats'));
    const aborted = fetch(`${service.url}/api/v1/rag/stats`, { signal: gone.signal });
    aborted.catch(() => undefined);
    await eventually(() => {
      expect(service.app.get(DatabaseQueue).atDoor).toBeGreaterThan(CROWD / 2);
    });
    gone.abort();
    await letGo();
    expect(new Set(await Promise.all(crowd))).toEqual(new Set([200]));
    await expect(aborted).rejects.toThrow();
    await eventually(() => {
      expect(service.app.get(DatabaseQueue).atDoor).toBe(0);
    });
  });

  it('does nothing of a request that has waited for it too long', async () => {
    const sessions = service.app.get(Sessions);
    const letCrowdGo = hold(sessions, MANY);
    try {
      await eventually(() => {
        expect(sessions.turns.longestWaitMs).toBeGreaterThan(MAX_WAIT_MS);
      });
      const crowd = Array.from({ length: CROWD }, () => statusOf('/api/v1/rag/stats'));
      expect(new Set(await Promise.all(crowd))).toEqual(new Set([503]));
    } finally {
      await letCrowdGo();
    }
    // The pressure goes on while requests are refused.
    const queue = service.app.get(DatabaseQueue);
    const refusing = setInterval(() => {
      queue.refusedElsewhere();
    }, 50);
    const letGo = hold(sessions, 0);
    try {
      const refused = await index('too-late');
      expect(refused.status).toBe(503);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
      expect(await refused.json()).toMatchObject({ type: '/problems/unavailable' });
      const { busy, waited_for } = sessions.connections();
      expect(busy).toBe(1);
      // The service's own work may wait as well by now.
      expect(waited_for).toBeGreaterThanOrEqual(1);
    } finally {
      clearInterval(refusing);
      await letGo();
    }
    await eventually(() => {
      expect(sessions.connections()).toMatchObject({ busy: 0, waited_for: 0 });
    });
    await eventually(async () => {
      expect((await index('in-time')).status).toBe(200);
    });
    const { documents } = (await (
      await fetch(`${service.url}/api/v1/rag/collection/notes/documents`)
    ).json()) as { documents: { id: string }[] };
    expect(documents.map(({ id }) => id)).toEqual(['in-time']);
  });
});

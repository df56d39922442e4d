import fc from 'fast-check';
import { createApiKey } from '../../src/common/auth/api-keys.js';
import { exactRequest } from '../support/exact-request.js';
import type { OpenApiDocument } from '../support/openapi-document.js';
import { connectTestQdrant, type TestQdrant } from '../support/qdrant/test-qdrant.js';
import { JOB_ACTIONS } from '../support/tenancy/job-actions.js';
import { RETRIEVAL_ACTIONS } from '../support/tenancy/retrieval-actions.js';
import { SEARCH_ACTIONS } from '../support/tenancy/search-actions.js';
import { TASK_ACTIONS } from '../support/tenancy/task-actions.js';
import { type Action, type Choice, TenantActor } from '../support/tenancy/tenant-actor.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

/** Calls of both tenants together. */
const CALLS = Number(process.env['TENANCY_CALLS'] ?? 600);
const LIMIT_MS = 600_000;
const COLLECTIONS = '/api/v1/rag/collections';

const acme = createApiKey('acme-app', 'acme');
const gateway = createApiKey('gateway');
const unbound = createApiKey('unbound');

const ACTIONS: Readonly<Record<string, Action>> = {
  ...RETRIEVAL_ACTIONS,
  ...SEARCH_ACTIONS,
  ...JOB_ACTIONS,
  ...TASK_ACTIONS,
};
/** Each starts a process that reads the file. */
const SLOW = ['indexFile', 'submitFile'];
/** Shows all of something. */
const OVERVIEW = /^(?:list|statistics|health|accuracy)/u;

const names = Object.keys(ACTIONS);
const steps = fc.tuple(
  fc.oneof(
    { weight: 50, arbitrary: fc.constantFrom(...names.filter((name) => !SLOW.includes(name))) },
    { weight: 1, arbitrary: fc.constantFrom(...SLOW) },
  ),
  fc.record<Choice>({ a: fc.nat(1000), b: fc.nat(1000), c: fc.nat(1000) }),
);

const VARIABLES = {
  TENANCY: 'on',
  API_KEYS: [acme, gateway, unbound].map(({ entry }) => entry).join(','),
  TENANT_TRUSTED_CALLERS: 'gateway',
};

describe('tenancy', () => {
  let service: TestApp;

  beforeAll(async () => {
    service = await startTestApp(VARIABLES);
  });

  afterAll(() => service.close());

  const ask = async (headers: Record<string, string>, path = COLLECTIONS) => {
    const answer = await exactRequest(service.url, { path, headers });
    return { status: answer.status, text: answer.text };
  };

  it.each<[string, Record<string, string>, number, string]>([
    ['a key that is for a tenant', { 'x-api-key': acme.key }, 200, ''],
    ['one that names it too', { 'x-api-key': acme.key, 'x-tenant-id': 'acme' }, 200, ''],
    ['one that names another', { 'x-api-key': acme.key, 'x-tenant-id': 'zeta' }, 401, 'another tenant'],
    ['a trusted caller', { 'x-api-key': gateway.key, 'x-tenant-id': 'zeta' }, 200, ''],
    ['a trusted caller that names none', { 'x-api-key': gateway.key }, 422, 'must name the tenant'],
    ['one that names all', { 'x-api-key': gateway.key, 'x-tenant-id': '*' }, 422, 'must name the tenant'],
    ['one that names two', { 'x-api-key': gateway.key, 'x-tenant-id': 'a, b' }, 422, 'must name the tenant'],
    ['a long name', { 'x-api-key': gateway.key, 'x-tenant-id': 'a'.repeat(65) }, 422, 'must name the tenant'],
    ['a key without one', { 'x-api-key': unbound.key }, 401, 'no tenant'],
    ['a key that may not name one', { 'x-api-key': unbound.key, 'x-tenant-id': 'zeta' }, 401, 'no tenant'],
    ['nobody', { 'x-tenant-id': 'zeta' }, 401, 'Send a key'],
  ])('answers %s', async (_, headers, status, detail) => {
    const answer = await ask(headers);
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(detail);
  });

  it('documents the header wherever a tenant is asked for, and nowhere else', async () => {
    const { text } = await ask({ 'x-api-key': unbound.key }, '/openapi.json');
    const { paths } = JSON.parse(text) as OpenApiDocument;
    for (const [path, methods] of Object.entries(paths)) {
      for (const { parameters = [] } of Object.values(methods)) {
        const named = parameters.filter(({ name }) => name === 'X-Tenant-Id');
        expect([path, named.length]).toEqual([path, path.startsWith('/api/v1/') ? 1 : 0]);
      }
    }
  });

  it('asks for no tenant where the service speaks of itself', async () => {
    for (const path of ['/health', '/ready']) expect((await ask({}, path)).status).toBe(200);
    for (const path of ['/metrics', '/openapi.json']) {
      const answer = await exactRequest(service.url, { path, headers: { 'x-api-key': unbound.key } });
      expect(answer.status).toBe(200);
    }
    for (const path of ['/API/V1/RAG/COLLECTIONS', '/api/v1/rag/collections/', '/nowhere']) {
      expect((await ask({ 'x-api-key': unbound.key }, path)).status).toBe(401);
    }
  });

  it(
    `shows neither of two tenants anything of the other's in ${CALLS} random calls`,
    () => shareService(service.url),
    LIMIT_MS,
  );
});

describe('tenancy with Qdrant', () => {
  let qdrant: TestQdrant;
  let service: TestApp;

  beforeAll(async () => {
    qdrant = await connectTestQdrant();
    service = await startTestApp({ ...VARIABLES, ...qdrant.variables });
  });

  afterAll(async () => {
    await service.close();
    await qdrant.remove();
  });

  it(
    `shows neither of two tenants anything of the other's in ${CALLS} random calls`,
    () => shareService(service.url),
    LIMIT_MS,
  );
});

/** Two tenants at the same time, each of which checks every answer. */
async function shareService(url: string): Promise<void> {
  const one = new TenantActor(url, { 'x-api-key': acme.key }, 'kestrelworks', {
    headers: { 'x-tenant-id': 'zeta' },
    status: 401,
  });
  const other = new TenantActor(url, { 'x-api-key': gateway.key, 'x-tenant-id': 'zeta' }, 'ospreyworks', {
    headers: { 'x-tenant-id': 'zeta, acme' },
    status: 422,
  });
  one.other = other;
  other.other = one;
  await Promise.all(
    [one, other].map(async (actor) => {
      // So that each has something that the other could see, however few calls follow.
      for (const name of ['submit', 'estimate']) await ACTIONS[name]!(actor, { a: 0, b: 0, c: 0 });
      while (actor.calls < CALLS / 2) {
        for (const [name, choice] of fc.sample(steps, 10)) await ACTIONS[name]!(actor, choice);
      }
    }),
  );
  for (const actor of [one, other]) {
    for (const name of names.filter((action) => OVERVIEW.test(action))) {
      for (const a of [0, 1, 2]) await ACTIONS[name]!(actor, { a, b: 0, c: 0 });
    }
  }
  expect(one.jobs.size * other.jobs.size * one.estimates.length * other.estimates.length).toBeGreaterThan(0);
}

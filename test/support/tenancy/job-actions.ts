import { randomUUID } from 'node:crypto';
import { collectionAt, documentAt, form, indexBody } from './documents.js';
import { type Action, pick, type TenantActor } from './tenant-actor.js';

const KEYS = Array.from({ length: 30 }, (_, index) => `key-${index}`);
const KINDS = ['rag.index', 'rag.index-file', 'rag.reembed'];

/** What is done with jobs. */
export const JOB_ACTIONS = {
  async submit(actor, choice) {
    const collection = collectionAt(choice.a);
    const document = documentAt(actor, choice, 'json');
    const call = {
      method: 'POST',
      path: '/api/v1/rag/index?async=true',
      json: indexBody(collection, document),
    };
    if (await actor.submit(call, pick(KEYS, choice.c))) actor.noteDocument(collection, document);
  },
  async submitFile(actor, choice) {
    const collection = collectionAt(choice.a);
    const document = documentAt(actor, choice, 'file');
    const call = { method: 'POST', path: '/api/v1/rag/index/file?async=true', ...form(collection, document) };
    if (await actor.submit(call, null)) actor.noteDocument(collection, document);
  },
  async submitReembed(actor, { a, b }) {
    const collection = collectionAt(a);
    const path = `/api/v1/rag/collection/${collection}/reembed?async=true`;
    const call = { method: 'POST', path, json: { dimensions: pick([64, 128], b) } };
    if (actor.collections.has(collection)) await actor.submit(call, null);
    else await actor.get(call, 404);
  },
  async findJob(actor, { a, b }) {
    const [owner, job] = anyJob(actor, a, b);
    const expected = owner === actor ? 200 : 404;
    await actor.get({ path: `/api/v1/jobs/${job}` }, expected);
    const events = await actor.call({ path: `/api/v1/jobs/${job}/events` });
    expect(events.status).toBe(expected);
  },
  async cancelJob(actor, { a, b }) {
    const [owner, job] = anyJob(actor, a, b);
    await actor.get({ method: 'DELETE', path: `/api/v1/jobs/${job}` }, owner === actor ? 409 : 404);
  },
  async listJobs(actor, { a, b }) {
    const kind = pick([null, ...KINDS], a);
    const state = pick([null, 'succeeded', 'running', 'failed'], b);
    const path = `/api/v1/jobs?limit=100${kind === null ? '' : `&kind=${kind}`}${state === null ? '' : `&state=${state}`}`;
    const { jobs, total } = await actor.get<{ jobs: { id: string }[]; total: number }>({ path });
    // All of its own have ended well by now.
    const expected =
      state === null || state === 'succeeded'
        ? [...actor.jobs].filter(([, own]) => kind === null || own === kind).map(([id]) => id)
        : [];
    expect([path, total]).toEqual([path, expected.length]);
    expect(jobs.filter(({ id }) => !expected.includes(id))).toEqual([]);
  },
} satisfies Record<string, Action>;

/** A job of either tenant, or one that there is not. */
function anyJob(actor: TenantActor, a: number, b: number): [owner: TenantActor | null, id: string] {
  const owner = pick([actor, actor.other], a);
  const jobs = [...owner.jobs.keys()];
  const job = jobs.at(b % jobs.length);
  return job === undefined ? [null, randomUUID()] : [owner, job];
}

import { randomUUID } from 'node:crypto';
import { form, indexBody, placeAt } from './documents.js';
import { type Action, pick, type TenantActor } from './tenant-actor.js';

const KEYS = Array.from({ length: 30 }, (_, index) => `key-${index}`);

/** What is done with jobs. */
export const JOB_ACTIONS = {
  async submit(actor, choice) {
    const place = placeAt(choice);
    const call = {
      method: 'POST',
      path: '/api/v1/rag/index?async=true',
      json: indexBody(actor, place, 0),
    };
    await actor.submit(call, pick(KEYS, choice.c), place);
  },
  async submitFile(actor, choice) {
    const place = placeAt(choice);
    const call = {
      method: 'POST',
      path: '/api/v1/rag/index/file?async=true',
      ...form(actor, place, choice.c),
    };
    await actor.submit(call, null, place);
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
  async listJobs(actor, { a }) {
    const filter = pick(['', '&state=succeeded', '&kind=rag.index'], a);
    const path = `/api/v1/jobs?limit=100${filter}`;
    const { jobs, total } = await actor.get<{ jobs: { id: string }[]; total: number }>({ path });
    expect(jobs.filter(({ id }) => !actor.jobs.has(id))).toEqual([]);
    if (filter !== '&kind=rag.index') expect(total).toBe(actor.jobs.size);
  },
} satisfies Record<string, Action>;

/** A job of either tenant, or one that there is not. */
function anyJob(actor: TenantActor, a: number, b: number): [owner: TenantActor | null, id: string] {
  const owner = pick([actor, actor.other], a);
  const jobs = [...owner.jobs];
  const job = jobs.at(b % jobs.length);
  return job === undefined ? [null, randomUUID()] : [owner, job];
}

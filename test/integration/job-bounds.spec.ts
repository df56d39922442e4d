import { ConflictError } from '../../src/common/errors/conflict.error.js';
import { RateLimitedError } from '../../src/common/errors/rate-limited.error.js';
import { runInContext } from '../../src/common/http/request-context.js';
import { KIND } from '../support/job-replica.js';
import { JobTestBed } from '../support/job-test-bed.js';

describe('jobs', () => {
  let bed: JobTestBed;

  beforeAll(async () => {
    bed = await JobTestBed.open();
  });
  afterAll(() => bed.close());
  afterEach(() => bed.clear());

  describe('are bounded:', () => {
    it('no more wait than are allowed, however many come at once', async () => {
      const one = await bed.replica({ JOB_MAX_QUEUED: '5' });
      const outcomes = await Promise.allSettled(
        Array.from({ length: 20 }, () => one.jobs.submit({ kind: KIND, payload: {} })),
      );
      const refused = outcomes.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
      expect(refused).toHaveLength(15);
      for (const { reason } of refused) {
        expect(reason).toBeInstanceOf(RateLimitedError);
        expect((reason as RateLimitedError).retryAfterSeconds).toBeGreaterThan(0);
      }
    });

    it('they are kept for a while after their end, and with a key for a day at least', async () => {
      const one = await bed.replica({ JOB_RETENTION_HOURS: '2' });
      const submit = async (idempotencyKey: string | null, ended: string, created: string) => {
        const id = await one.jobs.submit({ kind: KIND, payload: {}, idempotencyKey });
        await one.jobs.cancel(id);
        await bed.database.query(
          'update jobs set finished_at = now() - $2::interval, created_at = now() - $3::interval where id = $1',
          [id, ended, created],
        );
        return id;
      };
      await submit(null, '3 hours', '3 hours');
      await submit('old', '3 hours', '25 hours');
      const recent = await submit(null, '1 hour', '30 hours');
      const keyed = await submit('young', '3 hours', '3 hours');
      await (await bed.replica({ JOB_RETENTION_HOURS: '2' })).housekeeping.round();
      const { items } = await one.jobs.list({}, { limit: 10, offset: 0 });
      expect(items.map(({ id }) => id).sort()).toEqual([recent, keyed].sort());
    });
  });

  describe('with an idempotency key', () => {
    it('are one, also of many at the same time', async () => {
      const one = await bed.replica();
      const submission = { kind: KIND, payload: { a: 1 }, idempotencyKey: 'key' };
      const ids = await Promise.all(Array.from({ length: 10 }, () => one.jobs.submit(submission)));
      expect(new Set(ids).size).toBe(1);
      expect((await one.jobs.list({}, { limit: 10, offset: 0 })).total).toBe(1);
      expect(await one.jobs.submit({ ...submission, idempotencyKey: 'other' })).not.toBe(ids[0]);
    });

    it('are two of two callers', async () => {
      const one = await bed.replica();
      const submitAs = (name: string) => {
        const context = {
          requestId: 'r',
          path: '/',
          traceparent: null,
          caller: { name, kind: 'token', tenant: null } as const,
          tenant: null,
        };
        return runInContext(context, () =>
          one.jobs.submit({ kind: KIND, payload: { name }, idempotencyKey: 'key' }),
        );
      };
      const first = await submitAs('ann');
      expect(await submitAs('bob')).not.toBe(first);
      expect(await submitAs('ann')).toBe(first);
    });

    it('are refused for another request, until a day is over', async () => {
      const one = await bed.replica();
      const first = await one.jobs.submit({ kind: KIND, payload: { a: 1 }, idempotencyKey: 'key' });
      for (const other of [
        { kind: KIND, payload: { a: 2 } },
        { kind: 'test.other', payload: { a: 1 } },
      ]) {
        await expect(one.jobs.submit({ ...other, idempotencyKey: 'key' })).rejects.toBeInstanceOf(
          ConflictError,
        );
      }
      await bed.database.query(`update jobs set created_at = now() - interval '24 hours'`);
      const second = await one.jobs.submit({ kind: KIND, payload: { a: 2 }, idempotencyKey: 'key' });
      expect(second).not.toBe(first);
      expect(await one.jobs.submit({ kind: KIND, payload: { a: 2 }, idempotencyKey: 'key' })).toBe(second);
    });
  });
});

import { randomBytes } from 'node:crypto';
import { Deferred } from '../../src/common/async/deferred.js';
import type { JobContext } from '../../src/core/jobs/job-handler.js';
import { eventually } from '../support/eventually.js';
import { JobCancelled, JobLost, JobSuspended } from '../../src/core/jobs/job-interruptions.js';
import { KIND, type Work } from '../support/job-replica.js';
import { content, JobTestBed, untilEnded } from '../support/job-test-bed.js';
import { allowForBusyMachine } from '../support/busy-machine.js';

allowForBusyMachine();

describe('jobs', () => {
  let bed: JobTestBed;

  beforeAll(async () => {
    bed = await JobTestBed.open();
  });
  afterAll(() => bed.close());
  afterEach(() => bed.clear());

  describe('that are cancelled', () => {
    it('while they wait end at once and never begin', async () => {
      const begun: object[] = [];
      const one = (await bed.replica()).handle((payload) => {
        begun.push(payload);
        return Promise.resolve({});
      });
      const files = [{ name: 'audio', open: () => content(randomBytes(10)) }];
      const id = await one.jobs.submit({ kind: KIND, payload: { number: 1 }, files });
      expect(await one.jobs.cancel(id)).toMatchObject({
        state: 'cancelled',
        finishedAt: expect.any(Date) as unknown,
      });
      expect(await bed.countFiles()).toBe(0);
      const next = await one.jobs.submit({ kind: KIND, payload: { number: 2 } });
      one.start();
      await untilEnded(one, next);
      expect(begun).toEqual([{ number: 2 }]);
    });

    it('while they run stop within two seconds, wherever they run', async () => {
      const [one, other] = [await bed.replica(), await bed.replica()];
      const begun = new Deferred<void>();
      const stopped = new Deferred<unknown>();
      const work: Work = (_, { signal }) =>
        new Promise((_resolve, reject) => {
          begun.resolve();
          signal.addEventListener('abort', () => {
            stopped.resolve(signal.reason);
            reject(new Error('stopped halfway'));
          });
        });
      other.handle(work).start();
      const id = await one.jobs.submit({ kind: KIND, payload: {} });
      await begun.promise;
      const askedAt = performance.now();
      expect(await one.jobs.cancel(id)).toMatchObject({ state: 'running' });
      expect(await stopped.promise).toBeInstanceOf(JobCancelled);
      expect(performance.now() - askedAt).toBeLessThan(2000);
      expect(await untilEnded(one, id)).toMatchObject({ state: 'cancelled', problem: null, result: null });
    });

    it('after they have ended stay as they are', async () => {
      const one = (await bed.replica()).handle(() => Promise.resolve({ fine: true })).start();
      const id = await one.jobs.submit({ kind: KIND, payload: {} });
      await untilEnded(one, id);
      expect(await one.jobs.cancel(id)).toBeNull();
      expect(await one.jobs.find(id)).toMatchObject({ state: 'succeeded', result: { fine: true } });
      expect(await one.jobs.cancel('00000000-0000-4000-8000-000000000000')).toBeNull();
      expect(await one.jobs.cancel("' or true --")).toBeNull();
    });
  });

  describe('whose process ends', () => {
    it('go on from their last checkpoint once the lease is over, and the old process can write no more', async () => {
      const [dead, alive] = [await bed.replica(), await bed.replica()];
      const id = await dead.jobs.submit({ kind: KIND, payload: { part: 'a' } });
      const held = (await dead.leases.claim([KIND]))!;
      const progress = { fraction: 0.5, done: 1, total: 2 };
      expect(await dead.leases.save(held, progress, '{"pieces":["one"]}')).toBe(true);
      const seen = new Deferred<JobContext>();
      alive
        .handle((_, context) => {
          seen.resolve(context);
          return Promise.resolve({ done: true });
        })
        .start();
      expect((await seen.promise).checkpoint).toEqual({ pieces: ['one'] });
      expect(await untilEnded(alive, id)).toMatchObject({
        state: 'succeeded',
        progress: { done: 2, total: 2 },
      });
      expect(await dead.leases.save(held, progress, '{}')).toBe(false);
      expect(await dead.leases.succeed(held, '{"done":false}')).toBe(false);
      expect(await dead.leases.release(held, true)).toBe(false);
      expect((await alive.jobs.find(id))!.result).toEqual({ done: true });
      expect(await bed.attempts(id)).toBe(2);
    });

    it('are told when another process has taken them over', async () => {
      const one = await bed.replica();
      const begun = new Deferred<JobContext>();
      const failed = new Deferred<unknown>();
      one.handle(async (_, context) => {
        begun.resolve(context);
        await new Promise((resolve) => {
          context.signal.addEventListener('abort', resolve);
        });
        await context.save({ checkpoint: {} }).catch(failed.resolve.bind(failed));
        return { stale: true };
      });
      one.start();
      const id = await one.jobs.submit({ kind: KIND, payload: {} });
      await begun.promise;
      await bed.database.query('update jobs set lease = gen_random_uuid() where id = $1', [id]);
      expect(await failed.promise).toBeInstanceOf(JobLost);
      expect((await one.jobs.find(id))!.state).toBe('running');
    });

    it('under them again and again fail in the end', async () => {
      const one = await bed.replica({ JOB_MAX_ATTEMPTS: '2' });
      const id = await one.jobs.submit({ kind: KIND, payload: {} });
      await one.leases.claim([KIND]);
      await bed.database.query(`update jobs set attempts = 2, lease_until = now() - interval '1 second'`);
      one.start();
      const { state, problem } = await untilEnded(one, id);
      expect({ state, problem }).toMatchObject({
        state: 'failed',
        problem: { status: 500, detail: expect.stringContaining('2 times') as unknown },
      });
    });

    it('in order wait again with their checkpoint, which is no attempt', async () => {
      const [first, second] = [await bed.replica(), await bed.replica()];
      const saved = new Deferred<void>();
      const reason = new Deferred<unknown>();
      first
        .handle(async (_, { save, signal }) => {
          await save({ fraction: 0.3, checkpoint: { at: 3 } });
          saved.resolve();
          await new Promise((resolve) => {
            signal.addEventListener('abort', resolve);
          });
          reason.resolve(signal.reason);
          throw signal.reason as Error;
        })
        .start();
      const id = await first.jobs.submit({ kind: KIND, payload: {} });
      await saved.promise;
      await first.stop();
      expect(await reason.promise).toBeInstanceOf(JobSuspended);
      expect(await first.jobs.find(id)).toMatchObject({ state: 'queued', progress: { fraction: 0.3 } });
      expect(await bed.attempts(id)).toBe(0);
      second.handle((_, { checkpoint }) => Promise.resolve({ checkpoint })).start();
      expect((await untilEnded(second, id)).result).toEqual({ checkpoint: { at: 3 } });
    });

    it('in order may finish in the time that it has', async () => {
      const one = await bed.replica({ SHUTDOWN_TIMEOUT_MS: '10000' });
      const begun = new Deferred<void>();
      const finish = new Deferred<object>();
      one
        .handle(() => {
          begun.resolve();
          return finish.promise;
        })
        .start();
      const id = await one.jobs.submit({ kind: KIND, payload: {} });
      const waiting = await one.jobs.submit({ kind: 'test.nobody', payload: {} });
      await begun.promise;
      const stopped = one.stop();
      finish.resolve({});
      await stopped;
      expect((await one.jobs.find(id))!.state).toBe('succeeded');
      expect((await one.jobs.find(waiting))!.state).toBe('queued');
    });

    it('in order are put back though their handler does not stop', async () => {
      const one = (await bed.replica()).handle(() => new Promise(() => undefined)).start();
      const id = await one.jobs.submit({ kind: KIND, payload: {} });
      await eventually(async () => {
        expect((await one.jobs.find(id))!.state).toBe('running');
      });
      await one.stop();
      expect((await one.jobs.find(id))!.state).toBe('queued');
    });
  });
});

import { Deferred } from '../../src/common/async/deferred.js';
import { ValidationError } from '../../src/common/errors/validation.error.js';
import { runInContext } from '../../src/common/http/request-context.js';
import type { JobSummary } from '../../src/core/jobs/job.js';
import { KIND, type Work } from '../support/job-replica.js';
import { JobTestBed, untilEnded } from '../support/job-test-bed.js';

describe('jobs', () => {
  let bed: JobTestBed;

  beforeAll(async () => {
    bed = await JobTestBed.open();
  });
  afterAll(() => bed.close());
  afterEach(() => bed.clear());

  describe('from submission to end', () => {
    it('go through their states, and have what came out of them', async () => {
      const entered = new Deferred<void>();
      const finish = new Deferred<void>();
      const one = (await bed.replica()).handle(async (payload, { save }) => {
        await save({ done: 1, total: 4, checkpoint: {} });
        entered.resolve();
        await finish.promise;
        return { echo: payload };
      });
      const payload = { text: 'a \u0000 "b" \ud83d\ude00', list: [1, null, { deep: true }] };
      const id = await one.jobs.submit({ kind: KIND, payload });
      expect(await one.jobs.find(id)).toMatchObject({
        kind: KIND,
        state: 'queued',
        progress: { fraction: 0, done: null, total: null },
        startedAt: null,
        finishedAt: null,
        result: null,
      });
      one.start();
      await entered.promise;
      expect(await one.jobs.find(id)).toMatchObject({
        state: 'running',
        progress: { fraction: 0.25, done: 1, total: 4 },
        startedAt: expect.any(Date) as unknown,
        finishedAt: null,
      });
      finish.resolve();
      const job = await untilEnded(one, id);
      expect(job).toMatchObject({
        state: 'succeeded',
        progress: { fraction: 1, done: 4, total: 4 },
        problem: null,
        result: { echo: payload },
      });
      const { createdAt, startedAt, finishedAt } = job;
      expect(startedAt!.getTime()).toBeGreaterThanOrEqual(createdAt.getTime());
      expect(finishedAt!.getTime()).toBeGreaterThanOrEqual(startedAt!.getTime());
    });

    it('fail with the problem that the answer would have been, and say no more', async () => {
      const errors = [
        ValidationError.at(['documents', 3, 'text'], 'is too long'),
        new Error('password hunter2 at /etc/secret'),
      ];
      const one = (await bed.replica({ JOB_CONCURRENCY: '1' })).handle(() => Promise.reject(errors.shift()!));
      const context = {
        requestId: 'request-7',
        path: '/api/v1/rag/index',
        traceparent: null,
        caller: null,
        tenant: null,
      };
      const ids = await runInContext(context, () =>
        Promise.all([
          one.jobs.submit({ kind: KIND, payload: {} }),
          one.jobs.submit({ kind: KIND, payload: {} }),
        ]),
      );
      one.start();
      const ended = await Promise.all(ids.map((id) => untilEnded(one, id)));
      const problems = ended.map(({ state, problem }) => ({ state, problem }));
      const common = { instance: '/api/v1/rag/index', request_id: 'request-7' };
      expect(problems).toContainEqual({
        state: 'failed',
        problem: {
          type: '/problems/validation-error',
          title: 'Validation failed',
          status: 422,
          detail: 'documents[3].text is too long',
          errors: [{ loc: ['body', 'documents', 3, 'text'], msg: 'is too long', type: 'value_error' }],
          ...common,
        },
      });
      expect(problems).toContainEqual({
        state: 'failed',
        problem: expect.objectContaining({
          type: '/problems/internal-error',
          status: 500,
          ...common,
        }) as unknown,
      });
      expect(JSON.stringify(problems)).not.toMatch(/hunter2|secret/u);
    });

    it('run in order, and no more of them at once than the process and the kind allow', async () => {
      let running = 0;
      let most = 0;
      const two = new Deferred<void>();
      const started: number[] = [];
      const work: Work = async (payload, { save }) => {
        started.push((payload as { number: number }).number);
        running += 1;
        most = Math.max(most, running);
        if (running === 2) two.resolve();
        await two.promise;
        await save({ checkpoint: {} });
        running -= 1;
        return {};
      };
      const one = (await bed.replica({ JOB_CONCURRENCY: '4' })).handle(work, { concurrency: 2 });
      const ids: string[] = [];
      for (let number = 0; number < 12; number += 1) {
        ids.push(await one.jobs.submit({ kind: KIND, payload: { number } }));
      }
      one.start();
      await Promise.all(ids.map((id) => untilEnded(one, id)));
      expect(started).toEqual([...started].sort((a, b) => a - b));
      expect(started).toHaveLength(12);
      expect(most).toBe(2);
    });

    it('of a busy kind leave room for others', async () => {
      const hold = new Deferred<object>();
      const one = (await bed.replica({ JOB_CONCURRENCY: '3' }))
        .handle(() => hold.promise, { concurrency: 2 })
        .handle(() => Promise.resolve({}), { kind: 'test.other' })
        .start();
      const slow = await Promise.all(
        [1, 2, 3].map((number) => one.jobs.submit({ kind: KIND, payload: { number } })),
      );
      const other = await one.jobs.submit({ kind: 'test.other', payload: {} });
      expect((await untilEnded(one, other)).state).toBe('succeeded');
      hold.resolve({});
      for (const id of slow) expect((await untilEnded(one, id)).state).toBe('succeeded');
    });

    it('are listed newest first, by kind and state', async () => {
      const one = (await bed.replica()).handle(() => Promise.resolve({}));
      const ids: string[] = [];
      for (const kind of ['test.a', 'test.b', 'test.a'])
        ids.push(await one.jobs.submit({ kind, payload: {} }));
      await one.jobs.cancel(ids[0]!);
      const list = async (filter: Parameters<typeof one.jobs.list>[0], limit = 10, offset = 0) => {
        const { items, total } = await one.jobs.list(filter, { limit, offset });
        return { ids: items.map(({ id }) => id), total };
      };
      expect(await list({})).toEqual({ ids: [ids[2], ids[1], ids[0]], total: 3 });
      expect(await list({ kind: 'test.a' })).toEqual({ ids: [ids[2], ids[0]], total: 2 });
      expect(await list({ kind: 'test.a', state: 'cancelled' })).toEqual({ ids: [ids[0]], total: 1 });
      expect(await list({}, 1, 1)).toEqual({ ids: [ids[1]], total: 3 });
    });
  });

  it('can be followed by many, each until the end', async () => {
    const steps = [new Deferred<void>(), new Deferred<void>()];
    const one = (await bed.replica()).handle(async (_, { save }) => {
      for (const [index, step] of steps.entries()) {
        await save({ done: index, total: 2, checkpoint: {} });
        await step.promise;
      }
      return {};
    });
    const id = await one.jobs.submit({ kind: KIND, payload: {} });
    const seen: JobSummary[][] = [[], []];
    const follow = async (into: JobSummary[]) => {
      for await (const job of one.watch.follow(id, AbortSignal.timeout(20_000))) {
        into.push(job);
        if (job.state === 'queued') one.start();
        if (job.state === 'running') steps[job.progress.done!]!.resolve();
      }
    };
    await follow(seen[0]!);
    await follow(seen[1]!);
    expect(seen[0]!.map(({ state }) => state)).toEqual(
      expect.arrayContaining(['queued', 'running', 'succeeded']),
    );
    expect(seen[1]!.map(({ state }) => state)).toEqual(['succeeded']);
    const left: JobSummary[] = [];
    for await (const job of one.watch.follow('gone', AbortSignal.timeout(20_000))) left.push(job);
    expect(left).toEqual([]);
  });
});

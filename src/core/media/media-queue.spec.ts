import { once } from 'node:events';
import { Deferred } from '../../common/async/deferred.js';
import { RateLimitedError } from '../../common/errors/rate-limited.error.js';
import { UnavailableError } from '../../common/errors/unavailable.error.js';
import { loadConfig } from '../../config/load-config.js';
import { MediaQueue } from './media-queue.js';
import { UnusableMediaError } from './unusable-media.error.js';

describe('MediaQueue', () => {
  const open = (variables = {}) =>
    new MediaQueue(loadConfig({ MEDIA_CONCURRENCY: '1', MEDIA_MAX_WAITING: '1', ...variables }));
  /** A task that ends only when it has to, and says when it has begun. */
  const endless = () => {
    const begun = new Deferred<void>();
    const task = async (signal: AbortSignal): Promise<never> => {
      begun.resolve();
      await once(signal, 'abort');
      throw new Error('stopped');
    };
    return { task, begun: begun.promise };
  };
  const untilIdle = () => new Promise((resolve) => setImmediate(resolve));

  it('runs so many at once, lets so many wait, and refuses the others', async () => {
    const queue = open();
    const first = new Deferred<number>();
    const answers = [queue.run(() => first.promise), queue.run(() => Promise.resolve(2))];
    await expect(queue.run(() => Promise.resolve(3))).rejects.toThrow(RateLimitedError);
    first.resolve(1);
    expect(await Promise.all(answers)).toEqual([1, 2]);
  });

  it('has any number of jobs wait', async () => {
    const queue = open({ MEDIA_MAX_WAITING: '0' });
    const first = new Deferred<number>();
    const running = queue.run(() => first.promise);
    const jobs = Array.from({ length: 63 }, (_, job) =>
      queue.run(() => Promise.resolve(job), { isJob: true }),
    );
    await untilIdle();
    first.resolve(-1);
    await running;
    expect(await Promise.all(jobs)).toEqual([...jobs.keys()]);
  });

  it('has no request wait for all jobs', async () => {
    const queue = open({ MEDIA_CONCURRENCY: '2' });
    const { task, begun } = endless();
    const caller = new AbortController();
    const jobs = Array.from({ length: 10 }, () => queue.run(task, { isJob: true, signal: caller.signal }));
    await begun;
    expect(await queue.run(() => Promise.resolve('answer'))).toBe('answer');
    caller.abort(new Error('cancelled'));
    for (const job of jobs) await expect(job).rejects.toThrow('cancelled');
  });

  it('stops a task whose caller has gone, for that reason', async () => {
    const caller = new AbortController();
    const { task, begun } = endless();
    const answer = open().run(task, { signal: caller.signal });
    await begun;
    caller.abort(new Error('gone'));
    await expect(answer).rejects.toThrow('gone');
  });

  it('does not begin what nobody wants any more', async () => {
    const caller = new AbortController();
    const begun: string[] = [];
    const answer = open().run(() => Promise.resolve(begun.push('task')), { signal: caller.signal });
    // Its turn has come, but nothing has run yet.
    caller.abort(new Error('gone'));
    await expect(answer).rejects.toThrow('gone');
    expect(begun).toEqual([]);
  });

  it('stops a task that takes too long', async () => {
    const queue = open({ MEDIA_TIMEOUT_MS: '100' });
    await expect(queue.run(endless().task)).rejects.toThrow(UnusableMediaError);
    expect(await queue.run(() => Promise.resolve('next'))).toBe('next');
  });

  it('stops what runs at shutdown, waits for that, and begins nothing else', async () => {
    const queue = open();
    const { task, begun } = endless();
    const answers = Promise.allSettled([queue.run(task), queue.run(endless().task)]);
    await begun;
    await queue.onApplicationShutdown();
    const refused = { status: 'rejected', reason: expect.any(UnavailableError) as unknown };
    expect(await answers).toEqual([refused, refused]);
  });
});

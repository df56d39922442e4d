import { Deferred } from './deferred.js';
import { Semaphore } from './semaphore.js';

class FullError extends Error {}

function semaphore(permits: number, maxWaiting = 10): Semaphore {
  return new Semaphore({ permits, maxWaiting, onOverflow: () => new FullError() });
}

function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe('Semaphore', () => {
  it('runs no more tasks at a time than it has permits, and all of them in the end', async () => {
    const limit = semaphore(3, 100);
    let running = 0;
    let most = 0;

    const results = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        limit.run(async () => {
          running += 1;
          most = Math.max(most, running);
          await settle();
          running -= 1;
          return index;
        }),
      ),
    );

    expect(most).toBe(3);
    expect(results).toEqual(Array.from({ length: 20 }, (_, index) => index));
  });

  it('serves in the order of arrival', async () => {
    const limit = semaphore(1);
    const order: string[] = [];
    const note = (name: string) => limit.run(() => Promise.resolve(order.push(name)));

    await Promise.all([note('a'), note('b'), note('c')]);

    expect(order).toEqual(['a', 'b', 'c']);
  });

  it('gives the permit back after a failure', async () => {
    const limit = semaphore(1);
    const failure = new Error('broken');

    await expect(limit.run(() => Promise.reject(failure))).rejects.toBe(failure);
    await expect(limit.run(() => Promise.resolve(7))).resolves.toBe(7);
  });

  it('refuses a task that finds the queue full', async () => {
    const limit = semaphore(1, 1);
    const first = new Deferred<string>();
    const running = limit.run(() => first.promise);
    const waiting = limit.run(() => Promise.resolve('second'));

    await expect(limit.run(() => Promise.resolve('third'))).rejects.toBeInstanceOf(FullError);
    first.resolve('first');

    await expect(Promise.all([running, waiting])).resolves.toEqual(['first', 'second']);
  });

  it('lets a patient task wait where the queue is full', async () => {
    const limit = semaphore(1, 0);
    const first = new Deferred<string>();
    const running = limit.run(() => first.promise);
    const waiting = limit.run(() => Promise.resolve('second'), undefined, { isPatient: true });
    first.resolve('first');

    await expect(Promise.all([running, waiting])).resolves.toEqual(['first', 'second']);
  });

  it('takes a task out of the queue when its signal fires, which makes room', async () => {
    const limit = semaphore(1, 1);
    const first = new Deferred<string>();
    const running = limit.run(() => first.promise);
    const controller = new AbortController();
    const reason = new Error('client left');
    let started = false;
    const waiting = limit.run(() => {
      started = true;
      return Promise.resolve('second');
    }, controller.signal);
    await settle();

    controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    const third = limit.run(() => Promise.resolve('third'));
    first.resolve('first');

    await expect(Promise.all([running, third])).resolves.toEqual(['first', 'third']);
    expect(started).toBe(false);
  });

  it('does not begin a task whose signal has fired', async () => {
    const limit = semaphore(1);
    const reason = new Error('client left');

    await expect(limit.run(() => Promise.resolve(7), AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});

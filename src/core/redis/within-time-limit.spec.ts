import { jest } from '@jest/globals';
import { Deferred } from '../../common/async/deferred.js';
import { TimeLimitError, withinTimeLimit } from './within-time-limit.js';

describe('withinTimeLimit', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  it('passes results and errors on, and leaves no timer behind', async () => {
    jest.useFakeTimers();
    const failure = new Error('broken');

    await expect(withinTimeLimit(Promise.resolve(7), 40)).resolves.toBe(7);
    await expect(withinTimeLimit(Promise.reject(failure), 40)).rejects.toBe(failure);

    await jest.advanceTimersByTimeAsync(0);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('gives up when the time is over, and not before', async () => {
    jest.useFakeTimers();
    const never = new Deferred<number>();
    let outcome: unknown = 'waiting';
    withinTimeLimit(never.promise, 40).catch((error: unknown) => {
      outcome = error;
    });

    await jest.advanceTimersByTimeAsync(39);
    expect(outcome).toBe('waiting');

    await jest.advanceTimersByTimeAsync(2);
    expect(outcome).toEqual(new TimeLimitError(40));
  });

  it('drops an error that comes too late', async () => {
    jest.useFakeTimers();
    const work = new Deferred<number>();
    const waiting = expect(withinTimeLimit(work.promise, 40)).rejects.toThrow('no answer within 40 ms');
    await jest.advanceTimersByTimeAsync(41);
    await waiting;

    work.reject(new Error('late'));

    await expect(work.promise).rejects.toThrow('late');
  });

  it('takes an answer that the busy process could not look at in time', async () => {
    const answer = new Promise<number>((resolve) => {
      setImmediate(() => setImmediate(resolve, 7));
    });
    const waiting = withinTimeLimit(answer, 5);

    const busyUntil = performance.now() + 50;
    while (performance.now() < busyUntil);

    await expect(waiting).resolves.toBe(7);
  });
});

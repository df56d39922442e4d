import { Deferred } from './deferred.js';
import { SharedInterest } from './shared-interest.js';

describe('SharedInterest', () => {
  const reason = new Error('client left');

  it('gives everybody the result', async () => {
    const interest = new SharedInterest();
    const result = new Deferred<number>();
    const waiting = [
      interest.wait(result.promise),
      interest.wait(result.promise, new AbortController().signal),
    ];

    result.resolve(7);

    await expect(Promise.all(waiting)).resolves.toEqual([7, 7]);
    expect(interest.signal.aborted).toBe(false);
  });

  it('gives everybody the failure', async () => {
    const interest = new SharedInterest();
    const failure = new Error('broken');
    const result = new Deferred<number>();
    const waiting = [interest.wait(result.promise), interest.wait(result.promise)];

    result.reject(failure);

    for (const one of waiting) await expect(one).rejects.toBe(failure);
  });

  it('lets one give up at once while the others wait on', async () => {
    const interest = new SharedInterest();
    const result = new Deferred<number>();
    const leaving = new AbortController();
    const left = interest.wait(result.promise, leaving.signal);
    const stayed = interest.wait(result.promise);

    leaving.abort(reason);

    await expect(left).rejects.toBe(reason);
    expect(interest.signal.aborted).toBe(false);
    result.resolve(7);
    await expect(stayed).resolves.toBe(7);
  });

  it('fires once the last has given up, also when all of them do at the same time', async () => {
    const interest = new SharedInterest();
    const result = new Deferred<number>();
    const leaving = new AbortController();
    const waiting = [1, 2, 3].map(() => interest.wait(result.promise, leaving.signal));

    leaving.abort(reason);

    expect(interest.signal.reason).toBe(reason);
    for (const one of waiting) await expect(one).rejects.toBe(reason);
  });

  it('takes a signal that has fired as giving up', async () => {
    const interest = new SharedInterest();

    await expect(interest.wait(Promise.resolve(7), AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(interest.signal.aborted).toBe(true);
  });

  it('lets a caller give up on all that it waits for together', async () => {
    const [deserted, shared] = [new SharedInterest(), new SharedInterest()];
    const result = new Deferred<number>();
    const leaving = new AbortController();
    const staying = shared.wait(result.promise);
    const left = SharedInterest.waitInAll([deserted, shared], result.promise, leaving.signal);

    leaving.abort(reason);

    await expect(left).rejects.toBe(reason);
    expect(deserted.signal.reason).toBe(reason);
    expect(shared.signal.aborted).toBe(false);
    result.resolve(7);
    await expect(staying).resolves.toBe(7);
  });

  it('does not fire for those who have had their result', async () => {
    const interest = new SharedInterest();
    const controller = new AbortController();

    await interest.wait(Promise.resolve(7), controller.signal);
    controller.abort(reason);

    expect(interest.signal.aborted).toBe(false);
  });
});

import { abortable } from './abortable.js';
import { Deferred } from './deferred.js';

describe('abortable', () => {
  it('passes the result on', async () => {
    const { signal } = new AbortController();

    await expect(abortable(Promise.resolve(7), signal)).resolves.toBe(7);
    await expect(abortable(Promise.resolve(7), undefined)).resolves.toBe(7);
  });

  it('passes the failure on', async () => {
    const failure = new Error('broken');

    await expect(abortable(Promise.reject(failure), new AbortController().signal)).rejects.toBe(failure);
  });

  it('rejects with the reason as soon as the signal fires, though the work goes on', async () => {
    const controller = new AbortController();
    const reason = new Error('client left');
    const waiting = abortable(new Deferred<void>().promise, controller.signal);

    controller.abort(reason);

    await expect(waiting).rejects.toBe(reason);
  });

  it('rejects when the signal has fired before', async () => {
    const reason = new Error('client left');

    await expect(abortable(Promise.resolve(7), AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});

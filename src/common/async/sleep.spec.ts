import { sleep } from './sleep.js';

const HOUR = 3_600_000;

describe('sleep', () => {
  it('ends', async () => {
    await expect(sleep(1)).resolves.toBeUndefined();
  });

  it('rejects with the reason of the signal as soon as it fires', async () => {
    const controller = new AbortController();
    const reason = new Error('client left');
    const sleeping = sleep(HOUR, controller.signal);

    controller.abort(reason);

    await expect(sleeping).rejects.toBe(reason);
  });

  it('does not begin when the signal has fired', async () => {
    const reason = new Error('client left');

    await expect(sleep(HOUR, AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});

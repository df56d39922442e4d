import { Deferred } from './deferred.js';

describe('Deferred', () => {
  it('is settled from outside', async () => {
    const deferred = new Deferred<number>();

    deferred.resolve(7);

    await expect(deferred.promise).resolves.toBe(7);
  });

  it('keeps its first outcome', async () => {
    const deferred = new Deferred<number>();

    deferred.resolve(7);
    deferred.reject(new Error('late'));

    await expect(deferred.promise).resolves.toBe(7);
  });

  it('rejects those who wait, and nobody else', async () => {
    const failure = new Error('broken');
    const unhandled: unknown[] = [];
    const note = (error: unknown): void => void unhandled.push(error);
    process.on('unhandledRejection', note);
    const deferred = new Deferred<number>();

    deferred.reject(failure);
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', note);

    expect(unhandled).toEqual([]);
    await expect(deferred.promise).rejects.toBe(failure);
  });
});

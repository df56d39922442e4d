import { jest } from '@jest/globals';
import { Deferred } from '../../common/async/deferred.js';
import { SingleFlight } from './single-flight.js';

describe('SingleFlight', () => {
  it('runs the work of a key once at a time, and again afterwards', async () => {
    const flights = new SingleFlight();
    const work = jest.fn(() => Promise.resolve({ made: true }));

    const [first, second] = await Promise.all([flights.run('key', work), flights.run('key', work)]);
    const third = await flights.run('key', work);

    expect(first).toBe(second);
    expect(third).not.toBe(first);
    expect(work).toHaveBeenCalledTimes(2);
  });

  it('runs different keys side by side', async () => {
    const flights = new SingleFlight();
    const never = new Deferred<string>();
    void flights.run('a', () => never.promise);

    await expect(flights.run('b', () => Promise.resolve('b'))).resolves.toBe('b');
  });

  it('ends with an error too', async () => {
    const flights = new SingleFlight();
    const failure = new Error('broken');

    await expect(flights.run('key', () => Promise.reject(failure))).rejects.toBe(failure);
    await expect(flights.run('key', () => Promise.resolve(7))).resolves.toBe(7);
  });

  it('tells work that was forgotten, and lets its successor be', async () => {
    const flights = new SingleFlight();
    const gates = [new Deferred<void>(), new Deferred<void>()];
    const wanted: boolean[] = [];
    const start = (gate: Deferred<void> | undefined): Promise<void> =>
      flights.run('key', async (isWanted) => {
        await gate?.promise;
        wanted.push(isWanted());
      });
    const forgotten = start(gates[0]);

    flights.forget('key');
    const successor = start(gates[1]);
    gates[0]?.resolve();
    await forgotten;
    const joined = start(undefined);
    gates[1]?.resolve();
    await Promise.all([successor, joined]);

    expect(wanted).toEqual([false, true]);
  });
});

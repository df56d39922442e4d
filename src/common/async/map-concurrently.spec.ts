import fc from 'fast-check';
import { mapConcurrently } from './map-concurrently.js';

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe('mapConcurrently', () => {
  it('keeps the order and the limit, whatever each item takes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat({ max: 4 }), { maxLength: 12 }),
        fc.integer({ min: 1, max: 5 }),
        async (turns, limit) => {
          let running = 0;
          let most = 0;
          const results = await mapConcurrently([...turns.entries()], { limit }, async ([index, count]) => {
            running += 1;
            most = Math.max(most, running);
            for (let left = count; left > 0; left -= 1) await turn();
            running -= 1;
            return index;
          });

          expect(results).toEqual([...turns.keys()]);
          expect(most).toBeLessThanOrEqual(limit);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('stops the others after a failure and begins no further one', async () => {
    const failure = new Error('broken');
    const begun: number[] = [];
    const stopped: number[] = [];

    const mapping = mapConcurrently([0, 1, 2, 3], { limit: 2 }, async (item, signal) => {
      begun.push(item);
      signal.addEventListener('abort', () => stopped.push(item));
      await turn();
      if (item === 1) throw failure;
      await new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          reject(failure);
        });
      });
    });

    await expect(mapping).rejects.toBe(failure);
    expect(begun).toEqual([0, 1]);
    expect(stopped).toContain(0);
  });

  it('stops everything when its signal fires', async () => {
    const controller = new AbortController();
    const reason = new Error('client left');
    const begun: number[] = [];

    const mapping = mapConcurrently([0, 1, 2], { limit: 1, signal: controller.signal }, async (item) => {
      begun.push(item);
      controller.abort(reason);
      await turn();
    });

    await expect(mapping).rejects.toBe(reason);
    expect(begun).toEqual([0]);
  });
});

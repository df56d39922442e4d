import { ahead } from './ahead.js';

async function drain<T>(items: AsyncIterable<T>): Promise<T[]> {
  const drained: T[] = [];
  for await (const item of items) drained.push(item);
  return drained;
}

describe('ahead', () => {
  it('gives what was prepared in the order of the items', async () => {
    const doubled = ahead([1, 2, 3], (item) => Promise.resolve(2 * item));

    await expect(drain(doubled)).resolves.toEqual([2, 4, 6]);
  });

  it('gives nothing for no items', async () => {
    await expect(drain(ahead([], () => Promise.resolve(1)))).resolves.toEqual([]);
  });

  it('prepares one item while the one before it is in use, and no more', async () => {
    const begun: number[] = [];
    const prepared = ahead([1, 2, 3, 4], (item) => {
      begun.push(item);
      return Promise.resolve(item);
    });
    const seen: number[][] = [];
    for await (const item of prepared) seen.push([item, ...begun]);

    expect(seen).toEqual([
      [1, 1, 2],
      [2, 1, 2, 3],
      [3, 1, 2, 3, 4],
      [4, 1, 2, 3, 4],
    ]);
  });

  it('fails when it is the turn of the item that failed', async () => {
    const prepared = ahead([1, 2], (item) =>
      item === 1 ? Promise.resolve(item) : Promise.reject(new Error('of the second')),
    );

    await expect(prepared.next()).resolves.toEqual({ value: 1, done: false });
    await expect(prepared.next()).rejects.toThrow('of the second');
  });

  it('leaves nothing unhandled when nobody goes on', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on('unhandledRejection', note);
    try {
      for await (const item of ahead([1, 2], (item) =>
        item === 1 ? Promise.resolve(item) : Promise.reject(new Error('of the second')),
      )) {
        expect(item).toBe(1);
        break;
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    } finally {
      process.off('unhandledRejection', note);
    }
    expect(unhandled).toEqual([]);
  });
});

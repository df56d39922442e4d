import { Deferred } from './deferred.js';
import { ShortMemory } from './short-memory.js';

describe('ShortMemory', () => {
  const memory = (freshMs = 60_000) => new ShortMemory<string, number>({ freshMs, maxRemembered: 2 });
  /** Reads 1, 2, 3, … */
  function counting(): () => Promise<number> {
    let reads = 0;
    return () => Promise.resolve((reads += 1));
  }

  it('reads once for all who ask', async () => {
    const remembered = memory();
    const read = counting();
    const answers = [remembered.get('a', read), remembered.get('a', read), remembered.get('b', read)];
    expect(await Promise.all(answers)).toEqual([1, 1, 2]);
  });

  it('answers with what it knows while it is read anew, and waits for that only after twice the time', async () => {
    let now = 0;
    const remembered = new ShortMemory<string, number>({ freshMs: 100, maxRemembered: 2 }, () => now);
    await remembered.get('a', () => Promise.resolve(1));
    now = 100;
    const second = new Deferred<number>();
    expect(await remembered.get('a', () => second.promise)).toBe(1);
    expect(await remembered.get('a', () => Promise.reject(new Error('read twice at once')))).toBe(1);
    second.resolve(2);
    await second.promise;
    await new Promise(setImmediate);
    expect(await remembered.get('a', () => Promise.resolve(3))).toBe(2);
    now = 300;
    expect(await remembered.get('a', () => Promise.resolve(4))).toBe(4);
  });

  it('keeps what it knows when it cannot be read anew, and tries again', async () => {
    let now = 0;
    const remembered = new ShortMemory<string, number>({ freshMs: 100, maxRemembered: 2 }, () => now);
    await remembered.get('a', () => Promise.resolve(1));
    now = 100;
    expect(await remembered.get('a', () => Promise.reject(new Error('away')))).toBe(1);
    await new Promise(setImmediate);
    expect(await remembered.get('a', () => Promise.resolve(2))).toBe(1);
    await new Promise(setImmediate);
    expect(await remembered.get('a', () => Promise.resolve(3))).toBe(2);
  });

  it('does not remember again what was forgotten while it was read anew', async () => {
    let now = 0;
    const remembered = new ShortMemory<string, number>({ freshMs: 100, maxRemembered: 2 }, () => now);
    await remembered.get('a', () => Promise.resolve(1));
    now = 100;
    const renewed = new Deferred<number>();
    await remembered.get('a', () => renewed.promise);
    remembered.forget('a');
    renewed.resolve(2);
    await new Promise(setImmediate);
    expect(await remembered.get('a', () => Promise.resolve(3))).toBe(3);
  });

  it('reads again when time has passed', async () => {
    const remembered = memory(0);
    const read = counting();
    await remembered.get('a', read);
    expect(await remembered.get('a', read)).toBe(2);
  });

  it('remembers no failure', async () => {
    const remembered = memory();
    await expect(remembered.get('a', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await remembered.get('a', counting())).toBe(1);
  });

  it('forgets what it is told to, but nothing newer', async () => {
    const remembered = memory();
    const read = counting();
    const older = remembered.get('a', read);
    remembered.forget('a');
    await remembered.get('a', read);
    remembered.forget('a', older);
    expect(await remembered.get('a', read)).toBe(2);
  });

  it('forgets the oldest of too many', async () => {
    const remembered = memory();
    const read = counting();
    for (const key of ['a', 'b', 'c']) await remembered.get(key, read);
    expect(await remembered.get('c', read)).toBe(3);
    expect(await remembered.get('a', read)).toBe(4);
  });
});

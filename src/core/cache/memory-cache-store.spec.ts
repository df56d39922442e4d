import { jest } from '@jest/globals';
import { BinaryValue } from './cache-store.js';
import { MemoryCacheStore } from './memory-cache-store.js';

const HOUR = 3_600_000;
const MEBIBYTE = 1024 * 1024;

describe('MemoryCacheStore', () => {
  const keys = Array.from({ length: 1000 }, (_, index) => `key ${index}`);

  async function survivors(value: unknown): Promise<string[]> {
    const store = new MemoryCacheStore(MEBIBYTE);
    for (const key of keys) await store.setMany([[key, value]], HOUR);
    const values = await store.getMany(keys);
    return keys.filter((_, index) => values[index] !== undefined);
  }

  it('keeps as many of the latest as its bytes allow', async () => {
    const kept = await survivors('x'.repeat(10_000));

    expect(kept).toEqual(keys.slice(-kept.length));
    expect(kept.length).toBeGreaterThan(90);
    expect(kept.length).toBeLessThanOrEqual(MEBIBYTE / 10_000);
  });

  it('counts what is inside objects and arrays', async () => {
    const kept = await survivors({ tokens: Array.from({ length: 1000 }, () => 7) });

    expect(kept).toEqual(keys.slice(-kept.length));
    expect(kept.length).toBeLessThanOrEqual(MEBIBYTE / 8000);
    expect(kept.length).toBeGreaterThan(50);
  });

  it('counts what a value says that it takes, and gives back the value itself', async () => {
    class Sized extends BinaryValue {
      readonly byteLength = 10_000;

      toJSON(): string {
        return '';
      }
    }
    const value = new Sized();
    const kept = await survivors(value);

    expect(kept).toEqual(keys.slice(-kept.length));
    expect(kept.length).toBeGreaterThan(90);
    expect(kept.length).toBeLessThanOrEqual(MEBIBYTE / 10_000);
    const store = new MemoryCacheStore(MEBIBYTE);
    await store.setMany([['key', value]], HOUR);
    await expect(store.getMany(['key'])).resolves.toEqual([value]);
  });

  it('counts the bytes of a text, not its characters', async () => {
    expect((await survivors('語'.repeat(5000))).length).toBeLessThanOrEqual(MEBIBYTE / 10_000);
  });

  it('is bounded for the smallest values too', async () => {
    const store = new MemoryCacheStore(MEBIBYTE);
    const many = Array.from({ length: 10_000 }, (_, index) => [String(index), 1] as const);

    await store.setMany(many, HOUR);

    const kept = (await store.getMany(many.map(([key]) => key))).filter((value) => value !== undefined);
    expect(kept.length).toBeGreaterThan(1000);
    expect(kept.length).toBeLessThanOrEqual(MEBIBYTE / 256);
  });

  it('keeps what is used and lets go of what is not', async () => {
    const store = new MemoryCacheStore(MEBIBYTE);
    const value = 'x'.repeat(300_000);
    await store.setMany(
      [
        ['used', value],
        ['unused', value],
      ],
      HOUR,
    );

    await store.getMany(['used']);
    await store.setMany(
      [
        ['third', value],
        ['fourth', value],
      ],
      HOUR,
    );

    const hits = (await store.getMany(['used', 'unused', 'third', 'fourth'])).map(
      (each) => each !== undefined,
    );
    expect(hits).toEqual([true, false, true, true]);
  });

  it('does not keep a value that is bigger than all of it, and nothing else suffers', async () => {
    const store = new MemoryCacheStore(MEBIBYTE);
    await store.setMany([['small', 1]], HOUR);

    await store.setMany([['huge', 'x'.repeat(2 * MEBIBYTE)]], HOUR);

    expect(await store.getMany(['small', 'huge'])).toEqual([1, undefined]);
  });

  it('sets no timers, for a week of values nor for a year', async () => {
    jest.useFakeTimers();
    try {
      const store = new MemoryCacheStore(MEBIBYTE);

      await store.setMany([['week', 1]], 7 * 24 * HOUR);
      await store.setMany([['year', 1]], 365 * 24 * HOUR);

      expect(jest.getTimerCount()).toBe(0);
    } finally {
      jest.useRealTimers();
    }
  });
});

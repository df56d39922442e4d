import { jest } from '@jest/globals';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { Deferred } from '../../src/common/async/deferred.js';
import type { CacheService } from '../../src/core/cache/cache.service.js';
import { eventually } from '../support/eventually.js';

const HOUR = 3_600_000;

const key = fc.string({ unit: 'grapheme', maxLength: 30 });
const value = fc.jsonValue().filter((json) => json !== null);

/** What every cache must do, whatever it stores in. `makeService` returns one whose time limit nothing here reaches. */
export function describeCacheContract(name: string, makeService: () => CacheService): void {
  describe(`the cache contract: ${name}`, () => {
    let cache: CacheService;
    let namespace: string;

    beforeAll(() => {
      cache = makeService();
    });

    afterAll(() => {
      cache.onApplicationShutdown();
    });

    beforeEach(() => {
      namespace = randomUUID();
    });

    describe('getMany and setMany', () => {
      it('gives back any mix of hits, misses and duplicates in the order that was asked for', async () => {
        const scenario = fc.record({
          stored: fc.dictionary(key, value, { maxKeys: 8 }),
          others: fc.array(key, { maxLength: 4 }),
          order: fc.infiniteStream(fc.nat()),
          count: fc.nat({ max: 20 }),
        });
        await fc.assert(
          fc.asyncProperty(scenario, async ({ stored, others, order, count }) => {
            const scope = randomUUID();
            const known = new Map(Object.entries(stored));
            const candidates = [...known.keys(), ...others, 'absent'];
            const asked = [...order.take(count)].map((index) => candidates[index % candidates.length]!);

            await cache.setMany(scope, [...known], HOUR);

            expect(json(await cache.getMany(scope, asked))).toBe(json(asked.map((each) => known.get(each))));
          }),
          { numRuns: 50 },
        );
      });

      it('takes 0, the empty string and false for values', async () => {
        await cache.setMany(namespace, Object.entries({ zero: 0, empty: '', no: false }), HOUR);

        expect(await cache.getMany(namespace, ['zero', 'empty', 'no'])).toEqual([0, '', false]);
      });

      it('leaves undefined and null out, and stores the rest', async () => {
        await cache.setMany(namespace, Object.entries({ a: undefined, b: null, c: 3 }), HOUR);

        expect(await cache.getMany(namespace, ['a', 'b', 'c'])).toEqual([undefined, undefined, 3]);
      });

      it('replaces what was stored, and takes the last of two entries with one key', async () => {
        await cache.setMany(namespace, [['key', 'old']], HOUR);
        await cache.setMany(
          namespace,
          [
            ['key', 'new'],
            ['key', 'newest'],
          ],
          HOUR,
        );

        expect(await cache.getMany(namespace, ['key'])).toEqual(['newest']);
      });

      it('keeps namespaces apart', async () => {
        await cache.setMany(namespace, [['key', 1]], HOUR);

        expect(await cache.getMany(`${namespace}-other`, ['key'])).toEqual([undefined]);
      });

      it('holds thousands of entries in one call', async () => {
        const entries = Array.from({ length: 3000 }, (_, index) => [`key ${index}`, index] as const);

        await cache.setMany(namespace, entries, HOUR);

        const found = await cache.getMany(namespace, ['absent', ...entries.map(([each]) => each)]);
        expect(found).toEqual([undefined, ...entries.map(([, each]) => each)]);
      });

      it('does nothing for no keys and no entries', async () => {
        await cache.setMany(namespace, [], HOUR);

        expect(await cache.getMany(namespace, [])).toEqual([]);
        expect(cache.state).toBe('up');
      });

      it('survives a value that has no JSON, and stores the next', async () => {
        const circular: Record<string, unknown> = {};
        circular['self'] = circular;

        await cache.setMany(namespace, [['circular', circular]], HOUR);
        await eventually(async () => {
          await cache.setMany(namespace, [['plain', 1]], HOUR);
          expect(await cache.getMany(namespace, ['circular', 'plain'])).toEqual([undefined, 1]);
        });

        expect(cache.state).toBe('up');
      });
    });

    describe('expiry', () => {
      it('forgets a value after its time', async () => {
        await cache.setMany(namespace, [['short', 1]], 20);
        await cache.setMany(namespace, [['long', 2]], HOUR);

        await eventually(async () => {
          expect(await cache.getMany(namespace, ['short', 'long'])).toEqual([undefined, 2]);
        });
      });

      it('keeps a value for fractions of milliseconds and for longer than timers can wait', async () => {
        await cache.setMany(namespace, [['fraction', 1]], HOUR + 0.5);
        await cache.setMany(namespace, [['year', 2]], 365 * 24 * HOUR);
        await cache.setMany(namespace, [['ever', 3]], Number.POSITIVE_INFINITY);

        expect(await cache.getMany(namespace, ['fraction', 'year', 'ever'])).toEqual([1, 2, 3]);
      });

      it.each([0, -1, Number.NaN])('stores nothing for %p ms', async (ttlMs) => {
        await cache.setMany(namespace, [['key', 1]], ttlMs);

        expect(await cache.getMany(namespace, ['key'])).toEqual([undefined]);
      });
    });

    describe('delete', () => {
      it('forgets the one value', async () => {
        await cache.setMany(namespace, Object.entries({ a: 1, b: 2 }), HOUR);

        await cache.delete(namespace, 'a');

        expect(await cache.getMany(namespace, ['a', 'b'])).toEqual([undefined, 2]);
      });

      it('takes an unknown key', async () => {
        await expect(cache.delete(namespace, 'absent')).resolves.toBeUndefined();
      });
    });

    describe('getOrCompute', () => {
      it.each([['text'], [0], [''], [false], [{ nested: [1, null] }]])(
        'computes %j only once',
        async (result) => {
          const compute = jest.fn(() => Promise.resolve(result));

          expect(await cache.getOrCompute<unknown>(namespace, 'key', HOUR, compute)).toEqual(result);
          expect(await cache.getOrCompute<unknown>(namespace, 'key', HOUR, compute)).toEqual(result);

          expect(compute).toHaveBeenCalledTimes(1);
          expect(await cache.getMany(namespace, ['key'])).toEqual([result]);
        },
      );

      it('computes undefined each time', async () => {
        const compute = jest.fn(() => Promise.resolve(undefined));

        await cache.getOrCompute(namespace, 'key', HOUR, compute);
        await cache.getOrCompute(namespace, 'key', HOUR, compute);

        expect(compute).toHaveBeenCalledTimes(2);
      });

      it('computes once for a hundred callers at the same time', async () => {
        const result = new Deferred<number>();
        const compute = jest.fn(() => result.promise);
        const callers = Array.from({ length: 100 }, () =>
          cache.getOrCompute(namespace, 'key', HOUR, compute),
        );

        result.resolve(7);

        expect(await Promise.all(callers)).toEqual(Array.from({ length: 100 }, () => 7));
        expect(compute).toHaveBeenCalledTimes(1);
      });

      it('gives an error to all who wait, and keeps none', async () => {
        const failure = new Error('broken');
        const fail = jest.fn(() => Promise.reject<number>(failure));
        const callers = [1, 2, 3].map(() => cache.getOrCompute(namespace, 'key', HOUR, fail));

        for (const caller of callers) await expect(caller).rejects.toBe(failure);

        expect(fail).toHaveBeenCalledTimes(1);
        expect(await cache.getOrCompute(namespace, 'key', HOUR, () => Promise.resolve(7))).toBe(7);
      });

      it('does not keep what was being computed when the key was deleted', async () => {
        const begun = new Deferred<void>();
        const result = new Deferred<string>();
        const outdated = cache.getOrCompute(namespace, 'key', HOUR, () => {
          begun.resolve();
          return result.promise;
        });
        await begun.promise;

        await cache.delete(namespace, 'key');
        const fresh = await cache.getOrCompute(namespace, 'key', HOUR, () => Promise.resolve('fresh'));
        result.resolve('outdated');

        expect([await outdated, fresh]).toEqual(['outdated', 'fresh']);
        expect(await cache.getMany(namespace, ['key'])).toEqual(['fresh']);
      });
    });
  });
}

function json(values: readonly unknown[]): string {
  return JSON.stringify(values.map((each) => (each === undefined ? 'a miss' : { hit: each })));
}

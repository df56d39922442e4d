import fc from 'fast-check';
import {
  type Behaviour,
  CountingEmbeddingModel,
  embedAll,
  embeddingOf,
} from '../../../test/support/counting-embedding-model.js';
import { Deferred } from '../../common/async/deferred.js';
import { ProviderError } from '../../common/errors/provider.error.js';
import { CachedEmbeddingModel } from './cached-embedding-model.js';
import { EmbeddingCache, type EmbeddingCacheStore } from './embedding-cache.js';
import type { EmbeddedText } from './embedding-model.js';
import { ProviderFailure } from './provider-failure.js';

/** A cache in memory that takes as many turns of the event loop as it is told. */
class SlowStore implements EmbeddingCacheStore {
  readonly entries = new Map<string, unknown>();
  readTurns = 0;
  writeTurns = 0;

  async getMany(_namespace: string, keys: readonly string[]): Promise<unknown[]> {
    await turns(this.readTurns);
    return keys.map((key) => this.entries.get(key));
  }

  async setMany(_namespace: string, entries: readonly (readonly [string, unknown])[]): Promise<void> {
    await turns(this.writeTurns);
    for (const [key, value] of entries) this.entries.set(key, value);
  }
}

async function turns(count: number): Promise<void> {
  for (let left = count; left > 0; left -= 1) await new Promise((resolve) => setImmediate(resolve));
}

function setUp(behaviour?: Behaviour) {
  const store = new SlowStore();
  const inner = new CountingEmbeddingModel(behaviour);
  const cache = new EmbeddingCache({ store, modelId: 'counting', ttlMs: 1000 });
  return { store, inner, model: new CachedEmbeddingModel(inner, cache) };
}

/** Embeds as soon as it is allowed to. */
function gated() {
  const gate = new Deferred<undefined>();
  const behaviour: Behaviour = async (request) => {
    await gate.promise;
    return embedAll(request);
  };
  return { gate, behaviour };
}

function free(text: string, dimensions?: number): EmbeddedText {
  return { ...embeddingOf(text, dimensions), promptTokens: 0, cached: true };
}

function refusal(): ProviderError {
  return new ProviderError('refused', {
    cause: new ProviderFailure('input-refused', { provider: 'openai' }),
  });
}

describe('CachedEmbeddingModel', () => {
  const reason = new Error('client left');

  it('pays for a text once', async () => {
    const { inner, model } = setUp();

    await expect(model.embed({ texts: ['a'] })).resolves.toEqual([embeddingOf('a')]);
    await turns(2);
    await expect(model.embed({ texts: ['a'] })).resolves.toEqual([free('a')]);
    expect(inner.callCount).toBe(1);
  });

  it('gives hits, misses and duplicates in the right places, with one call for the misses', async () => {
    const { inner, model } = setUp();
    await model.embed({ texts: ['a', 'b'] });
    await turns(2);

    const results = await model.embed({ texts: ['c', 'a', 'd', 'c', 'b', 'a'] });

    expect(results).toEqual([embeddingOf('c'), free('a'), embeddingOf('d'), free('c'), free('b'), free('a')]);
    expect(inner.requests.map(({ texts }) => texts)).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  it('keeps dimensions apart, but not the model’s own from those that are asked for', async () => {
    const { inner, model } = setUp();

    await model.embed({ texts: ['a'] });
    await turns(2);

    await expect(model.embed({ texts: ['a'], dimensions: 4 })).resolves.toEqual([free('a')]);
    await expect(model.embed({ texts: ['a'], dimensions: 2 })).resolves.toEqual([embeddingOf('a', 2)]);
    expect(inner.callCount).toBe(2);
  });

  it('embeds a text that 100 want at the same time once, whatever the cache takes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: 3 }),
        fc.nat({ max: 5 }),
        fc.array(fc.nat({ max: 6 }), { minLength: 100, maxLength: 100 }),
        async (readTurns, writeTurns, delays) => {
          const { store, inner, model } = setUp();
          Object.assign(store, { readTurns, writeTurns });

          const results = await Promise.all(
            delays.map(async (delay) => {
              await turns(delay);
              return model.embed({ texts: ['a'] });
            }),
          );

          expect(inner.callCount).toBe(1);
          expect(results.flat().filter(({ cached }) => !cached)).toEqual([embeddingOf('a')]);
          expect(results.flat().filter(({ cached }) => cached)).toEqual(
            Array.from({ length: 99 }, () => free('a')),
          );
        },
      ),
      { numRuns: 20 },
    );
  });

  it('answers any mix of requests at any time as an uncached model does, and pays for each text once', async () => {
    const text = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
    const request = fc.record({
      delay: fc.nat({ max: 8 }),
      dimensions: fc.option(fc.constantFrom(2, 4), { nil: undefined }),
      texts: fc.array(text, { minLength: 1, maxLength: 8 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(request, { minLength: 1, maxLength: 8 }),
        fc.nat({ max: 2 }),
        fc.nat({ max: 2 }),
        async (requests, readTurns, writeTurns) => {
          const { store, inner, model } = setUp();
          Object.assign(store, { readTurns, writeTurns });

          const results = await Promise.all(
            requests.map(async ({ delay, texts, dimensions }) => {
              await turns(delay);
              return model.embed({ texts, dimensions });
            }),
          );

          for (const [index, { texts, dimensions }] of requests.entries()) {
            const vectors = results[index]!.map(({ vector }) => vector);
            expect(vectors).toEqual(texts.map((one) => embeddingOf(one, dimensions).vector));
          }
          const paid = results.flat().filter(({ cached }) => !cached);
          expect(paid.length).toBe(inner.texts.length);
          const wanted = inner.requests.flatMap(({ texts, dimensions = 4 }) =>
            texts.map((one) => `${one}${dimensions}`),
          );
          expect(new Set(wanted).size).toBe(wanted.length);
          expect(results.flat().every(({ cached, promptTokens }) => cached === (promptTokens === 0))).toBe(
            true,
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  it('gives a failure to all who wait, and keeps nothing of it', async () => {
    const failure = new Error('broken');
    let isBroken = true;
    const { inner, model } = setUp((request) => (isBroken ? Promise.reject(failure) : embedAll(request)));
    const waiting = [
      model.embed({ texts: ['a'] }),
      model.embed({ texts: ['a'] }),
      model.embed({ texts: ['a', 'a'] }),
    ];

    for (const one of waiting) await expect(one).rejects.toBe(failure);
    expect(inner.callCount).toBe(1);
    isBroken = false;

    await expect(model.embed({ texts: ['a'] })).resolves.toEqual([embeddingOf('a')]);
  });

  it('gives a hit at once to those who want only that, though the request that asked first has misses', async () => {
    const failure = new Error('broken');
    const hanging = new Deferred<EmbeddedText[]>();
    const { model } = setUp((request) =>
      request.texts.includes('new') ? hanging.promise : embedAll(request),
    );
    await model.embed({ texts: ['known'] });
    await turns(2);

    const first = model.embed({ texts: ['known', 'new'] });

    await expect(model.embed({ texts: ['known'] })).resolves.toEqual([free('known')]);
    hanging.reject(failure);
    await expect(first).rejects.toBe(failure);
  });

  it('does not let another request’s bad text fail a good one that both want', async () => {
    const { gate, behaviour } = gated();
    const { inner, model } = setUp(async (request) => {
      const results = await behaviour(request);
      if (request.texts.includes('bad')) throw refusal();
      return results;
    });
    const bad = model.embed({ texts: ['good', 'bad'] });
    const good = model.embed({ texts: ['good', 'mine'] });

    gate.resolve(undefined);

    await expect(bad).rejects.toMatchObject({ message: 'refused' });
    await expect(good).resolves.toEqual([embeddingOf('good'), embeddingOf('mine')]);
    const requested = inner.requests.map(({ texts }) => texts.join());
    expect(requested).toContain('mine');
    // Of two requests that come at once, either may be asked first.
    expect(requested.filter((texts) => texts !== 'mine')).toEqual(['good,bad', 'good']);
  });

  it('asks once for a bad text that many want', async () => {
    const { inner, model } = setUp(() => Promise.reject(refusal()));
    const waiting = Array.from({ length: 20 }, () => model.embed({ texts: ['bad'] }));

    for (const one of waiting) await expect(one).rejects.toMatchObject({ message: 'refused' });
    expect(inner.callCount).toBe(1);
  });

  it('fails when the inner model leaves a text out', async () => {
    const { model } = setUp(({ texts }) => Promise.resolve(texts.slice(1).map((text) => embeddingOf(text))));

    await expect(model.embed({ texts: ['a', 'b'] })).rejects.toThrow('counting left out a text');
  });

  it('lets one give up at once while the others get their result', async () => {
    const { gate, behaviour } = gated();
    const { inner, model } = setUp(behaviour);
    const controller = new AbortController();
    const leaving = model.embed({ texts: ['a'], signal: controller.signal });
    const staying = model.embed({ texts: ['a'] });

    controller.abort(reason);
    await expect(leaving).rejects.toBe(reason);
    gate.resolve(undefined);

    await expect(staying).resolves.toEqual([free('a')]);
    expect(inner.callCount).toBe(1);
  });

  it('aborts the inner call once all have given up, and starts anew for the next', async () => {
    const { gate, behaviour } = gated();
    const { inner, model } = setUp(behaviour);
    const controllers = [new AbortController(), new AbortController()];
    const leaving = controllers.map(({ signal }) => model.embed({ texts: ['a'], signal }));
    await turns(2);

    controllers[0]!.abort(reason);
    expect(inner.requests[0]!.signal!.aborted).toBe(false);
    controllers[1]!.abort(reason);
    expect(inner.requests[0]!.signal!.aborted).toBe(true);
    const next = model.embed({ texts: ['a'] });
    gate.resolve(undefined);

    for (const one of leaving) await expect(one).rejects.toBe(reason);
    await expect(next).resolves.toEqual([embeddingOf('a')]);
    await turns(4);
    await expect(model.embed({ texts: ['a'] })).resolves.toEqual([free('a')]);
    expect(inner.callCount).toBe(2);
  });

  it('makes no inner call when all have given up while the cache was asked', async () => {
    const { store, inner, model } = setUp();
    store.readTurns = 3;
    const controller = new AbortController();
    const leaving = model.embed({ texts: ['a'], signal: controller.signal });

    controller.abort(reason);
    await expect(leaving).rejects.toBe(reason);
    await turns(6);

    expect(inner.callCount).toBe(0);
  });

  it('does nothing for a request that was aborted before', async () => {
    const { inner, model } = setUp();

    await expect(model.embed({ texts: ['a'], signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    await turns(2);
    expect(inner.callCount).toBe(0);
  });
});

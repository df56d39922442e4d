import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';
import fc from 'fast-check';
import {
  type Behaviour,
  CountingEmbeddingModel,
  embedAll,
  embeddingOf,
} from '../../../test/support/counting-embedding-model.js';
import { Deferred } from '../../common/async/deferred.js';
import { ProviderError } from '../../common/errors/provider.error.js';
import { GatheringEmbeddingModel } from './gathering-embedding-model.js';
import { ProviderFailure } from './provider-failure.js';

function setUp({ behaviour, windowMs = 2, maxInputs = 1000 }: Partial<Options> = {}) {
  const inner = new CountingEmbeddingModel(behaviour);
  const outsideRequests = new AsyncResource('test');
  return { inner, model: new GatheringEmbeddingModel(inner, { windowMs, maxInputs, outsideRequests }) };
}

interface Options {
  readonly behaviour: Behaviour;
  readonly windowMs: number;
  readonly maxInputs: number;
}

function names(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `text ${index}`);
}

describe('GatheringEmbeddingModel', () => {
  const reason = new Error('client left');

  it('makes one call for 100 that come together, and gives each its own', async () => {
    const { inner, model } = setUp();
    const texts = names(100);

    const results = await Promise.all(texts.map((text) => model.embed({ texts: [text] })));

    expect(results).toEqual(texts.map((text) => [embeddingOf(text)]));
    expect(inner.callCount).toBe(1);
  });

  it('hands results back by position, however many texts each has', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 5 }), {
          minLength: 1,
          maxLength: 10,
        }),
        fc.integer({ min: 1, max: 12 }),
        async (requests, maxInputs) => {
          const { inner, model } = setUp({ windowMs: 1, maxInputs });

          const results = await Promise.all(requests.map((texts) => model.embed({ texts })));

          expect(results).toEqual(requests.map((texts) => texts.map((text) => embeddingOf(text))));
          for (const { texts } of inner.requests.filter((request) => request.texts.length > maxInputs)) {
            expect(requests).toContainEqual(texts);
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  it('leaves as soon as a batch is full', async () => {
    const { inner, model } = setUp({ windowMs: 3_600_000, maxInputs: 3 });

    await Promise.all(names(6).map((text) => model.embed({ texts: [text] })));

    expect(inner.requests.map(({ texts }) => texts.length)).toEqual([3, 3]);
  });

  it('gathers each length of vectors by itself', async () => {
    const { inner, model } = setUp();

    const results = await Promise.all([
      model.embed({ texts: ['a'], dimensions: 2 }),
      model.embed({ texts: ['b'] }),
      model.embed({ texts: ['c'], dimensions: 2 }),
    ]);

    expect(results.flat().map(({ vector }) => vector.length)).toEqual([2, 4, 2]);
    expect(inner.requests.map(({ texts, dimensions }) => [texts, dimensions])).toEqual([
      [['a', 'c'], 2],
      [['b'], undefined],
    ]);
  });

  it('makes nobody wait when the window is 0', async () => {
    const { inner, model } = setUp({ windowMs: 0 });

    await Promise.all(names(3).map((text) => model.embed({ texts: [text] })));

    expect(inner.callCount).toBe(3);
  });

  it('gives a failure to all of the batch, and none to the next', async () => {
    const failure = new Error('broken');
    const failures = [failure];
    const { inner, model } = setUp({
      behaviour: (request) => {
        const error = failures.shift();
        return error ? Promise.reject(error) : embedAll(request);
      },
    });
    const waiting = names(3).map((text) => model.embed({ texts: [text] }));

    for (const one of waiting) await expect(one).rejects.toBe(failure);
    expect(inner.callCount).toBe(1);
    await expect(model.embed({ texts: ['a'] })).resolves.toEqual([embeddingOf('a')]);
  });

  it('lets only those fail whose text is refused, with few further calls', async () => {
    const { inner, model } = setUp({
      behaviour: (request) =>
        request.texts.includes('bad')
          ? Promise.reject(
              new ProviderError('refused', {
                cause: new ProviderFailure('input-refused', { provider: 'openai' }),
              }),
            )
          : embedAll(request),
    });
    const texts = names(63);

    const bad = model.embed({ texts: ['bad', 'beside'] });
    const good = texts.map((text) => model.embed({ texts: [text] }));

    await expect(bad).rejects.toMatchObject({ message: 'refused' });
    await expect(Promise.all(good)).resolves.toEqual(texts.map((text) => [embeddingOf(text)]));
    expect(inner.callCount).toBe(13);
  });

  describe('when callers give up', () => {
    it('leaves out the texts of those who did so before the batch left', async () => {
      const { inner, model } = setUp();
      const controller = new AbortController();
      const leaving = model.embed({ texts: ['a'], signal: controller.signal });
      const staying = model.embed({ texts: ['b'] });

      controller.abort(reason);

      await expect(leaving).rejects.toBe(reason);
      await expect(staying).resolves.toEqual([embeddingOf('b')]);
      expect(inner.texts).toEqual(['b']);
    });

    it('makes no call when all did, and begins anew for the next', async () => {
      const { inner, model } = setUp();
      const controller = new AbortController();
      const leaving = model.embed({ texts: ['a'], signal: controller.signal });
      controller.abort(reason);

      const next = model.embed({ texts: ['b'] });

      await expect(leaving).rejects.toBe(reason);
      await expect(next).resolves.toEqual([embeddingOf('b')]);
      expect(inner.texts).toEqual(['b']);
    });

    it('aborts a call under way only when nobody waits for it any more', async () => {
      const called = new Deferred<undefined>();
      const { inner, model } = setUp({
        behaviour: () => {
          called.resolve(undefined);
          return new Deferred<never>().promise;
        },
      });
      const controllers = [new AbortController(), new AbortController()];
      const leaving = controllers.map(({ signal }, index) => model.embed({ texts: [`${index}`], signal }));
      await called.promise;

      controllers[0]!.abort(reason);
      await expect(leaving[0]).rejects.toBe(reason);
      expect(inner.requests[0]!.signal!.aborted).toBe(false);
      controllers[1]!.abort(reason);

      await expect(leaving[1]).rejects.toBe(reason);
      expect(inner.requests[0]!.signal!.aborted).toBe(true);
    });
  });

  it('calls in the context of the request when there is only one, and of none when there are several', async () => {
    const storage = new AsyncLocalStorage<string>();
    const contexts: (string | undefined)[] = [];
    const { model } = setUp({
      behaviour: (request) => {
        contexts.push(storage.getStore());
        return embedAll(request);
      },
    });

    await Promise.all(['one', 'two'].map((name) => storage.run(name, () => model.embed({ texts: [name] }))));
    await storage.run('three', () => model.embed({ texts: ['three'] }));

    expect(contexts).toEqual([undefined, 'three']);
  });
});

import {
  CountingEmbeddingModel,
  embedAll,
  embeddingOf,
} from '../../../../test/support/counting-embedding-model.js';
import { Semaphore } from '../../../common/async/semaphore.js';
import { UnavailableError } from '../../../common/errors/unavailable.error.js';
import { LimitedEmbeddingModel } from './limited-embedding-model.js';

function limit(permits: number, maxWaiting: number): Semaphore {
  return new Semaphore({ permits, maxWaiting, onOverflow: () => new UnavailableError('full') });
}

describe('LimitedEmbeddingModel', () => {
  it('shares the limit with the other models of its provider', async () => {
    let running = 0;
    let most = 0;
    const behaviour: typeof embedAll = async (request) => {
      running += 1;
      most = Math.max(most, running);
      const results = await embedAll(request);
      running -= 1;
      return results;
    };
    const shared = limit(2, 100);
    const models = [1, 2].map(() => new LimitedEmbeddingModel(new CountingEmbeddingModel(behaviour), shared));

    const results = await Promise.all(
      ['a', 'b', 'c', 'd'].flatMap((text) => models.map((model) => model.embed({ texts: [text] }))),
    );

    expect(most).toBe(2);
    expect(results).toHaveLength(8);
    expect(results.at(-1)).toEqual([embeddingOf('d')]);
  });

  it('refuses what does not fit into the queue', async () => {
    const model = new LimitedEmbeddingModel(new CountingEmbeddingModel(), limit(1, 0));
    const first = model.embed({ texts: ['a'] });

    await expect(model.embed({ texts: ['b'] })).rejects.toBeInstanceOf(UnavailableError);
    await expect(first).resolves.toEqual([embeddingOf('a')]);
  });

  it('calls nothing for a caller that gave up while it waited', async () => {
    const inner = new CountingEmbeddingModel();
    const model = new LimitedEmbeddingModel(inner, limit(1, 1));
    const controller = new AbortController();
    const reason = new Error('client left');
    const first = model.embed({ texts: ['a'] });
    const second = model.embed({ texts: ['b'], signal: controller.signal });

    controller.abort(reason);

    await expect(second).rejects.toBe(reason);
    await first;
    expect(inner.texts).toEqual(['a']);
  });
});

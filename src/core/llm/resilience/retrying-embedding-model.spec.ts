import {
  CountingEmbeddingModel,
  embedAll,
  embeddingOf,
} from '../../../../test/support/counting-embedding-model.js';
import type { RetryEnvironment } from '../../../common/async/retry.js';
import { ProviderError } from '../../../common/errors/provider.error.js';
import { UnavailableError } from '../../../common/errors/unavailable.error.js';
import { ProviderFailure, type ProviderFailureKind } from '../provider-failure.js';
import { RetryingEmbeddingModel } from './retrying-embedding-model.js';

const POLICY = {
  maxRetries: 2,
  baseDelayMs: 100,
  maxDelayMs: 1000,
  maxRetryAfterMs: 20_000,
  budgetMs: 60_000,
};

function failure(kind: ProviderFailureKind, retryAfterMs: number | null = null): ProviderError {
  return new ProviderError('failed', {
    cause: new ProviderFailure(kind, { provider: 'openai', retryAfterMs }),
  });
}

function modelFailingWith(errors: Error[]) {
  const slept: number[] = [];
  const environment: RetryEnvironment = {
    sleep: (milliseconds) => {
      slept.push(milliseconds);
      return Promise.resolve();
    },
    random: () => 0,
    now: () => 0,
  };
  const inner = new CountingEmbeddingModel((request) => {
    const error = errors.shift();
    return error ? Promise.reject(error) : embedAll(request);
  });
  return { inner, slept, model: new RetryingEmbeddingModel(inner, POLICY, environment) };
}

describe('RetryingEmbeddingModel', () => {
  it('tries again after what its provider calls retryable', async () => {
    const { inner, model } = modelFailingWith([failure('outage'), failure('timeout')]);

    await expect(model.embed({ texts: ['a'] })).resolves.toEqual([embeddingOf('a')]);
    expect(inner.callCount).toBe(3);
  });

  it('waits as long as the provider asks', async () => {
    const { slept, model } = modelFailingWith([failure('rate-limit', 1500)]);

    await model.embed({ texts: ['a'] });

    expect(slept).toEqual([1500]);
  });

  it.each([failure('credentials'), failure('input-refused'), new UnavailableError('full'), new Error('bug')])(
    'rethrows what will not pass: %s',
    async (error) => {
      const { inner, model } = modelFailingWith([error]);

      await expect(model.embed({ texts: ['a'] })).rejects.toBe(error);
      expect(inner.callCount).toBe(1);
    },
  );

  it('rethrows the last error when it has tried enough', async () => {
    const last = failure('outage');
    const { model } = modelFailingWith([failure('outage'), failure('outage'), last]);

    await expect(model.embed({ texts: ['a'] })).rejects.toBe(last);
  });
});

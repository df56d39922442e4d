import { ProviderError } from '../../common/errors/provider.error.js';
import {
  isInputRefused,
  ProviderFailure,
  type ProviderFailureKind,
  providerFailureOf,
} from './provider-failure.js';

function failing(kind: ProviderFailureKind): ProviderError {
  return new ProviderError('The provider failed.', {
    cause: new ProviderFailure(kind, { provider: 'openai' }),
  });
}

describe('ProviderFailure', () => {
  it.each<[ProviderFailureKind, boolean]>([
    ['input-refused', false],
    ['refused', false],
    ['credentials', false],
    ['unknown-model', false],
    ['quota', false],
    ['nonsense', false],
    ['rate-limit', true],
    ['outage', true],
    ['unreachable', true],
    ['interrupted', true],
    ['timeout', true],
  ])('after %s, another attempt makes sense: %s', (kind, isRetryable) => {
    expect(new ProviderFailure(kind, { provider: 'openai' }).isRetryable).toBe(isRetryable);
  });

  it('says what happened', () => {
    expect(new ProviderFailure('outage', { provider: 'openai', status: 503 }).message).toBe(
      'openai: outage (503)',
    );
    expect(new ProviderFailure('timeout', { provider: 'openai' }).message).toBe('openai: timeout');
  });

  it('is found behind the error that clients see, and behind no other', () => {
    const error = failing('outage');

    expect(providerFailureOf(error)).toBe(error.cause);
    expect(providerFailureOf(new ProviderError('no cause'))).toBeNull();
    expect(providerFailureOf(new Error('other', { cause: error.cause }))).toBeNull();
    expect(providerFailureOf('outage')).toBeNull();
  });

  it('tells whether a text may be to blame', () => {
    expect(isInputRefused(failing('input-refused'))).toBe(true);
    expect(isInputRefused(failing('refused'))).toBe(false);
    expect(isInputRefused(new Error('other'))).toBe(false);
  });
});

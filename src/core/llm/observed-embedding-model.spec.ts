import { ProviderError } from '../../common/errors/provider.error.js';
import { loadConfig } from '../../config/load-config.js';
import { Budgets } from '../limits/budgets.js';
import { MemoryBudgetStore } from '../limits/memory-budget-store.js';
import { type EmbeddedText, EmbeddingModel, type EmbeddingModelDescriptor } from './embedding-model.js';
import { ObservedEmbeddingModel } from './observed-embedding-model.js';
import { ProviderFailure, type ProviderFailureKind } from './provider-failure.js';
import { ProviderCalls } from './provider-calls.js';
import { UsageMeter } from './usage-meter.js';
import { ProviderStates } from './provider-states.js';

class ScriptedModel extends EmbeddingModel {
  failure: Error | null = null;

  readonly descriptor: EmbeddingModelDescriptor = {
    id: 'model',
    provider: 'openai',
    dimensions: 1,
    minDimensions: null,
    maxInputTokens: 8,
    pricePerMillionTokens: null,
  };

  override embed(): Promise<EmbeddedText[]> {
    return this.failure === null ? Promise.resolve([]) : Promise.reject(this.failure);
  }
}

describe('ObservedEmbeddingModel', () => {
  const config = loadConfig({ OPENAI_API_KEY: 'key' });
  const states = new ProviderStates(config);
  const budgets = new Budgets(config, new MemoryBudgetStore());
  const inner = new ScriptedModel();
  const model = new ObservedEmbeddingModel(inner, new ProviderCalls(states, new UsageMeter(), budgets));
  const embed = () => model.embed({ texts: ['a'] }).catch(() => undefined);
  const fail = (kind: ProviderFailureKind) =>
    new ProviderError('failed', { cause: new ProviderFailure(kind, { provider: 'openai' }) });

  it.each([
    ['unreachable', 'down'],
    ['credentials', 'down'],
    ['outage', 'degraded'],
    ['timeout', 'degraded'],
    ['input-refused', 'up'],
  ] as const)('after %s the provider is %s, and up again after a success', async (kind, state) => {
    expect(states.all()).toEqual({ openai: 'up', anthropic: 'not_configured' });
    inner.failure = fail(kind);
    await embed();
    expect(states.all()).toMatchObject({ openai: state });
    inner.failure = null;
    await embed();
    expect(states.all()).toEqual({ openai: 'up', anthropic: 'not_configured' });
  });

  it('learns nothing from an error that is not the provider', async () => {
    inner.failure = new Error('aborted');
    await embed();
    expect(states.all()).toEqual({ openai: 'up', anthropic: 'not_configured' });
  });

  it('starts as not configured without a provider', () => {
    expect(new ProviderStates(loadConfig({})).all()).toEqual({
      openai: 'not_configured',
      anthropic: 'not_configured',
    });
  });
});

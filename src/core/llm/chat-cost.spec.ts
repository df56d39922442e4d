import { CHAT_CATALOG, DEFAULT_CHAT_MODELS } from './chat-catalog.js';
import { toUsage } from './chat-cost.js';
import { chatOptions } from './chat-options.js';
import { chatDefinitionOf } from './chat-model-definition.js';

const tokens = (prompt: number, completion = 0, cached = 0, written = 0) => ({
  prompt,
  completion,
  cached,
  written,
});
const pricingOf = (id: string) => CHAT_CATALOG.find((model) => model.id === id)!.pricing;
const MILLION = 1_000_000;

describe('toUsage', () => {
  it.each([
    ['gpt-4o-mini', tokens(MILLION, MILLION), 0.15 + 0.6],
    ['gpt-4o-mini', tokens(MILLION, 0, MILLION / 2), 0.075 + 0.0375],
    ['gpt-4o-mini', tokens(10, 0, 0, 5), null],
    ['gpt-6.1-terra', tokens(200_000, 1000), 0.2 + 0.005],
    ['gpt-6.1-terra', tokens(200_000, 0, 100_000, 100_000), 0.005 + 0.125],
    ['gpt-6.1-terra', tokens(300_000, 100_000), 0.6 + 0.75],
    ['claude-haiku-5-5', tokens(100_000, 1000), 0.01 + 0.0005],
    ['claude-haiku-5-5', tokens(100_001, 0), 0.0500005],
    ['claude-haiku-5-5', tokens(100, 0, 50), null],
  ])('of %s for %j costs %d', (id, used, costUsd) => {
    const usage = toUsage(used, pricingOf(id));
    expect(usage).toMatchObject({ promptTokens: used.prompt, completionTokens: used.completion });
    if (costUsd === null) expect(usage.costUsd).toBeNull();
    else expect(usage.costUsd).toBeCloseTo(costUsd, 9);
  });

  it('costs an unknown amount at an unknown price', () => {
    expect(toUsage(tokens(1), null).costUsd).toBeNull();
  });
});

describe('CHAT_CATALOG', () => {
  it('has each name once, possible numbers, and real dates', () => {
    const names = CHAT_CATALOG.flatMap(({ id, snapshots }) => [id, ...snapshots]);
    expect(new Set(names).size).toBe(names.length);
    for (const model of CHAT_CATALOG) {
      expect(model.contextTokens).toBeGreaterThan(model.maxOutputTokens!);
      expect(model.pricing.output).toBeGreaterThan(model.pricing.input);
      expect(model.retiresOn ?? '2030-01-01').toMatch(/^\d{4}-\d\d-\d\d$/u);
    }
    for (const [provider, id] of Object.entries(DEFAULT_CHAT_MODELS))
      expect(CHAT_CATALOG.find((model) => model.id === id)).toMatchObject({ provider, retiresOn: null });
  });
});

describe('chatOptions', () => {
  const DEFAULTS = { temperature: 0.7, maxTokens: 2000 };
  const request = { capability: 'test', messages: [] };

  it.each([
    ['gpt-4o-mini', {}, { maxOutputTokens: 2000, temperature: 0.7 }],
    ['gpt-4o-mini', { maxTokens: 10, temperature: 0 }, { maxOutputTokens: 10, temperature: 0 }],
    ['gpt-4o-mini', { maxTokens: 100_000 }, { maxOutputTokens: 16_384, temperature: 0.7 }],
    ['gpt-6.1-terra', { maxTokens: 10, temperature: 0 }, { maxOutputTokens: 4106, temperature: null }],
    ['gpt-99', {}, { maxOutputTokens: 6096, temperature: null }],
    ['o4-mini', {}, { maxOutputTokens: 6096, temperature: null }],
    ['llama', {}, { maxOutputTokens: 2000, temperature: 0.7 }],
  ])('of %s for %j', (name, options, expected) => {
    const definition = chatDefinitionOf({ provider: 'openai', name });
    expect(chatOptions({ ...request, ...options }, definition, DEFAULTS)).toEqual(expected);
  });
});

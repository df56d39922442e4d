import type { ChatModelDescriptor } from './chat-model.js';

export type ChatProvider = 'openai' | 'anthropic';

/** US dollars for a million tokens. */
export interface ChatPrice {
  readonly input: number;
  readonly output: number;
  /** Of input that the provider found in its cache; null where unknown. */
  readonly cachedInput: number | null;
  /** Of input that it put there; null where unknown. */
  readonly cacheWrite: number | null;
}

export interface ChatPricing extends ChatPrice {
  /** What the whole call costs once its input is longer than so many tokens; null where the price is always the same. */
  readonly long: (ChatPrice & { readonly aboveTokens: number }) | null;
}

/** How a model has to be asked. */
export interface ChatModelTraits {
  /** Models that think before they answer refuse a temperature. */
  readonly takesTemperature: boolean;
  /** Whether its thoughts count as output, so that a limit on the answer needs room for them. */
  readonly thinks: boolean;
  /** The effort that short, well-described tasks need, where the model lets one choose; null where it doesn't. */
  readonly effort: 'low' | null;
}

/** A model of the catalogue. */
export interface CataloguedChatModel extends ChatModelDescriptor, ChatModelTraits {
  readonly provider: ChatProvider;
  readonly pricing: ChatPricing;
  /** Dated names of the same model. */
  readonly snapshots: readonly string[];
}

export const DEFAULT_CHAT_MODELS: Readonly<Record<ChatProvider, string>> = {
  openai: 'gpt-6.1-terra',
  anthropic: 'claude-sonnet-5-5',
};

/** When the sources of this catalogue were read. */
export const CATALOG_DATE = '2026-11-24';

/** Assumed of models that are in no catalogue: what the smallest of the current ones take. */
export const ASSUMED_CONTEXT_TOKENS = 32_768;

type Row = readonly [
  id: string,
  contextTokens: number,
  maxOutputTokens: number,
  input: number,
  output: number,
  cachedInput: number | null,
  more?: {
    readonly long?: ChatPricing['long'];
    readonly retiresOn?: string;
    readonly snapshots?: readonly string[];
    readonly takesTemperature?: boolean;
    readonly thinks?: boolean;
    readonly effort?: null;
  },
];

/**
 * OpenAI asks twice the price for input, and half as much again for output, once the input is this long. Source: the
 * pages of the models.
 */
const OPENAI_LONG = 272_000;
/** What its newer models ask for input that goes into the cache for half an hour, beside other input. Source: as above. */
const WRITE_FACTOR = 1.25;
const PLAIN = { takesTemperature: true, thinks: false, effort: null } as const;
const UNTIL_DECEMBER_2026 = { retiresOn: '2026-12-11' } as const;
const UNTIL_JANUARY_2027 = { ...PLAIN, retiresOn: '2027-01-14' } as const;
const UNTIL_APRIL_2027 = { retiresOn: '2027-04-01' } as const;

/**
 * Sources, as of `CATALOG_DATE`. Prices: each model's own page under developers.openai.com/api/docs/models, and nothing
 * else. Retirement: …/docs/deprecations. Context and output of the models before gpt-5.4: the tables of
 * `gpt-tokenizer` 4.0.
 */
const OPENAI: readonly Row[] = [
  ['gpt-6.1-sol', 1_050_000, 128_000, 2, 10, 0.1, { long: openAiLong(2, 10, 0.1) }],
  ['gpt-6.1-terra', 1_050_000, 128_000, 1, 5, 0.05, { long: openAiLong(1, 5, 0.05) }],
  ['gpt-6-sol', 1_050_000, 128_000, 2, 10, 0.2, { long: openAiLong(2, 10, 0.2) }],
  ['gpt-6-luna', 1_050_000, 128_000, 0.1, 0.5, 0.01, { long: openAiLong(0.1, 0.5, 0.01) }],
  ['gpt-5.6-sol', 1_050_000, 128_000, 4, 20, 0.4, { long: openAiLong(4, 20, 0.4) }],
  ['gpt-5.6-terra', 1_050_000, 128_000, 2, 12, 0.2, { long: openAiLong(2, 12, 0.2) }],
  ['gpt-5.6-luna', 1_050_000, 128_000, 0.2, 1.2, 0.02, { long: openAiLong(0.2, 1.2, 0.02) }],
  ['gpt-5.4-mini', 400_000, 128_000, 0.75, 4.5, 0.075],
  ['gpt-5.4-nano', 400_000, 128_000, 0.2, 1.25, 0.02, UNTIL_APRIL_2027],
  ['gpt-5.1', 400_000, 128_000, 1.25, 10, 0.125, UNTIL_APRIL_2027],
  ['gpt-5', 400_000, 128_000, 1.25, 10, 0.125, { ...UNTIL_DECEMBER_2026, snapshots: ['gpt-5-2025-08-07'] }],
  [
    'gpt-5-mini',
    400_000,
    128_000,
    0.25,
    2,
    0.025,
    { ...UNTIL_DECEMBER_2026, snapshots: ['gpt-5-mini-2025-08-07'] },
  ],
  [
    'gpt-5-nano',
    400_000,
    128_000,
    0.05,
    0.4,
    0.005,
    { ...UNTIL_DECEMBER_2026, snapshots: ['gpt-5-nano-2025-08-07'] },
  ],
  ['o3', 200_000, 100_000, 2, 8, 0.5, { ...UNTIL_DECEMBER_2026, snapshots: ['o3-2025-04-16'] }],
  ['gpt-4.1', 1_047_576, 32_768, 2, 8, 0.5, { ...UNTIL_JANUARY_2027, snapshots: ['gpt-4.1-2025-04-14'] }],
  [
    'gpt-4.1-mini',
    1_047_576,
    32_768,
    0.4,
    1.6,
    0.1,
    { ...UNTIL_JANUARY_2027, snapshots: ['gpt-4.1-mini-2025-04-14'] },
  ],
  [
    'gpt-4o',
    128_000,
    16_384,
    2.5,
    10,
    1.25,
    { ...UNTIL_JANUARY_2027, snapshots: ['gpt-4o-2024-08-06', 'gpt-4o-2024-11-20'] },
  ],
  [
    'gpt-4o-mini',
    128_000,
    16_384,
    0.15,
    0.6,
    0.075,
    { ...UNTIL_JANUARY_2027, snapshots: ['gpt-4o-mini-2024-07-18'] },
  ],
];

/**
 * Sources, as of `CATALOG_DATE`. Prices, context and output: each model's own page under
 * platform.claude.com/docs/en/models, and nothing else; a price that the page doesn't give is null. Retirement: the table
 * of `@anthropic-ai/sdk` 1.12. "Not sooner than" is no announced date.
 */
const ANTHROPIC: readonly Row[] = [
  ['claude-fable-5-2', 1_000_000, 128_000, 8, 40, null],
  ['claude-opus-5-5', 1_000_000, 128_000, 4, 20, 0.2],
  ['claude-sonnet-5-5', 1_000_000, 128_000, 2, 10, 0.2],
  [
    'claude-haiku-5-5',
    1_000_000,
    128_000,
    0.1,
    0.5,
    null,
    { long: { aboveTokens: 100_000, input: 0.5, output: 2.5, cachedInput: null, cacheWrite: null } },
  ],
  ['claude-fable-5-1', 1_000_000, 128_000, 10, 50, 0.25],
  ['claude-opus-5', 1_000_000, 128_000, 5, 25, 0.5],
  ['claude-sonnet-5', 1_000_000, 128_000, 2, 10, 0.2],
  ['claude-opus-4-8', 1_000_000, 128_000, 5, 25, null],
  ['claude-opus-4-6', 1_000_000, 128_000, 5, 25, null, PLAIN],
  ['claude-haiku-4-5', 200_000, 64_000, 1, 5, null, { ...PLAIN, snapshots: ['claude-haiku-4-5-20251001'] }],
  [
    'claude-sonnet-4-5',
    200_000,
    64_000,
    3,
    15,
    null,
    { ...PLAIN, retiresOn: '2026-11-30', snapshots: ['claude-sonnet-4-5-20250929'] },
  ],
];

/** Chat models that can be asked by their bare names, newest first. */
export const CHAT_CATALOG: readonly CataloguedChatModel[] = [
  ...OPENAI.map((row) => toModel('openai', row)),
  ...ANTHROPIC.map((row) => toModel('anthropic', row)),
];

function toModel(provider: ChatProvider, row: Row): CataloguedChatModel {
  const [id, contextTokens, maxOutputTokens, input, output, cachedInput, more = {}] = row;
  return {
    id,
    provider,
    contextTokens,
    maxOutputTokens,
    pricePerMillionInputTokens: input,
    pricePerMillionOutputTokens: output,
    pricing: {
      input,
      output,
      cachedInput,
      cacheWrite: more.long?.cacheWrite == null ? null : WRITE_FACTOR * input,
      long: more.long ?? null,
    },
    retiresOn: more.retiresOn ?? null,
    snapshots: more.snapshots ?? [],
    takesTemperature: more.takesTemperature ?? false,
    thinks: more.thinks ?? true,
    effort: more.effort === null ? null : 'low',
  };
}

function openAiLong(input: number, output: number, cachedInput: number): ChatPricing['long'] {
  return {
    aboveTokens: OPENAI_LONG,
    input: 2 * input,
    output: 1.5 * output,
    cachedInput: 2 * cachedInput,
    cacheWrite: 2 * WRITE_FACTOR * input,
  };
}

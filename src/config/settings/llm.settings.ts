import { IntegerSetting, NumberSetting, TextListSetting, TextSetting } from '../setting.decorators.js';

/** Which language model writes, and how. */
export class LlmSettings {
  @TextSetting({
    group: 'Models',
    description: 'Language model of requests that name none.',
    fallback: '`gpt-6.1-terra` with OpenAI configured, else `claude-sonnet-5-5` with Anthropic',
  })
  DEFAULT_LLM_MODEL?: string;

  @NumberSetting({
    group: 'Models',
    default: 0.7,
    min: 0,
    max: 2,
    description: 'How freely a language model chooses its words. Models that take no temperature get none.',
  })
  DEFAULT_TEMPERATURE = 0.7;

  @IntegerSetting({
    group: 'Models',
    default: 2000,
    min: 1,
    max: 200_000,
    unit: 'tokens',
    description: 'Longest answer of a language model.',
  })
  DEFAULT_MAX_TOKENS = 2000;

  @TextListSetting({
    group: 'Models',
    description:
      'Language models, separated by commas, that answer in this order while the one asked for can not.',
    fallback: 'the error is answered',
  })
  LLM_FALLBACK_MODELS: string[] = [];

  @IntegerSetting({
    group: 'Models',
    default: 120_000,
    min: 100,
    max: 3_600_000,
    unit: 'ms',
    description: 'Longest time an answer of a language model may take, retries and fallbacks included.',
  })
  LLM_TOTAL_TIMEOUT_MS = 120_000;
}

export interface LlmConfig {
  /** Id of the model for requests that name none; null takes the first configured provider's default. */
  readonly model: string | null;
  readonly temperature: number;
  readonly maxTokens: number;
  readonly fallbackModels: readonly string[];
  readonly totalTimeoutMs: number;
}

export function llmConfig(settings: LlmSettings): LlmConfig {
  return {
    model: settings.DEFAULT_LLM_MODEL ?? null,
    temperature: settings.DEFAULT_TEMPERATURE,
    maxTokens: settings.DEFAULT_MAX_TOKENS,
    fallbackModels: settings.LLM_FALLBACK_MODELS,
    totalTimeoutMs: settings.LLM_TOTAL_TIMEOUT_MS,
  };
}

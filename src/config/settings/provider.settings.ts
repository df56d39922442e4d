import { HttpUrlSetting, IntegerSetting, SecretSetting } from '../setting.decorators.js';
import { optionalSecret, type Secret } from '../secret.js';

/** Access to model providers, and how they are called. */
export class ProviderSettings {
  @SecretSetting({
    group: 'Models',
    description: 'Key for OpenAI, or for the server at `OPENAI_BASE_URL`.',
    fallback: 'local models only',
  })
  OPENAI_API_KEY?: string;

  @HttpUrlSetting({
    group: 'Models',
    description: 'Base address of an OpenAI-compatible server, ending in its version (`…/v1`).',
    fallback: "OpenAI's own, once `OPENAI_API_KEY` is set",
  })
  OPENAI_BASE_URL?: string;

  @IntegerSetting({
    group: 'Models',
    default: 30_000,
    min: 100,
    max: 600_000,
    unit: 'ms',
    description: 'Longest time one call to a model provider may take.',
  })
  PROVIDER_TIMEOUT_MS = 30_000;

  @IntegerSetting({
    group: 'Models',
    default: 2,
    min: 0,
    max: 10,
    unit: 'retries',
    description:
      'How often a provider call is tried again after an overload, an outage or a lost connection.',
  })
  PROVIDER_MAX_RETRIES = 2;

  @IntegerSetting({
    group: 'Models',
    default: 16,
    min: 1,
    max: 1000,
    unit: 'calls',
    description: 'How many calls to one provider run at the same time.',
  })
  PROVIDER_MAX_CONCURRENCY = 16;
}

export interface ProviderConfig {
  readonly timeoutMs: number;
  readonly maxRetries: number;
  readonly maxConcurrency: number;
}

export interface OpenAiConfig {
  readonly apiKey: Secret | null;
  readonly baseUrl: string | null;
}

export function providerConfig(settings: ProviderSettings): ProviderConfig {
  return {
    timeoutMs: settings.PROVIDER_TIMEOUT_MS,
    maxRetries: settings.PROVIDER_MAX_RETRIES,
    maxConcurrency: settings.PROVIDER_MAX_CONCURRENCY,
  };
}

/** Null when neither a key nor a base address is set. */
export function openAiConfig(settings: ProviderSettings): OpenAiConfig | null {
  const apiKey = optionalSecret(settings.OPENAI_API_KEY);
  const baseUrl = settings.OPENAI_BASE_URL ?? null;
  return apiKey === null && baseUrl === null ? null : { apiKey, baseUrl };
}

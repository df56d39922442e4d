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

  @SecretSetting({
    group: 'Models',
    description: 'Key for Anthropic, or for the server at `ANTHROPIC_BASE_URL`.',
    fallback: 'no Anthropic models',
  })
  ANTHROPIC_API_KEY?: string;

  @HttpUrlSetting({
    group: 'Models',
    description: 'Base address of a server that speaks the protocol of Anthropic, without a version.',
    fallback: "Anthropic's own, once `ANTHROPIC_API_KEY` is set",
  })
  ANTHROPIC_BASE_URL?: string;

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

  @IntegerSetting({
    group: 'Models',
    default: 5,
    min: 1,
    max: 1000,
    unit: 'failures',
    description: 'After so many outages, lost connections or time-outs in a row a provider is left alone.',
  })
  PROVIDER_BREAKER_FAILURES = 5;

  @IntegerSetting({
    group: 'Models',
    default: 10_000,
    min: 10,
    max: 600_000,
    unit: 'ms',
    description: 'For how long it is left alone before one call tries it again.',
  })
  PROVIDER_BREAKER_OPEN_MS = 10_000;
}

export interface ProviderConfig {
  readonly timeoutMs: number;
  readonly maxRetries: number;
  readonly maxConcurrency: number;
  readonly breakerFailures: number;
  readonly breakerOpenMs: number;
}

/** How a provider is reached; at least one of the two is set. */
export interface ProviderAccess {
  readonly apiKey: Secret | null;
  readonly baseUrl: string | null;
}

export function providerConfig(settings: ProviderSettings): ProviderConfig {
  return {
    timeoutMs: settings.PROVIDER_TIMEOUT_MS,
    maxRetries: settings.PROVIDER_MAX_RETRIES,
    maxConcurrency: settings.PROVIDER_MAX_CONCURRENCY,
    breakerFailures: settings.PROVIDER_BREAKER_FAILURES,
    breakerOpenMs: settings.PROVIDER_BREAKER_OPEN_MS,
  };
}

/** Null when neither a key nor a base address is set. */
export function openAiConfig(settings: ProviderSettings): ProviderAccess | null {
  return access(settings.OPENAI_API_KEY, settings.OPENAI_BASE_URL);
}

/** Null when neither a key nor a base address is set. */
export function anthropicConfig(settings: ProviderSettings): ProviderAccess | null {
  return access(settings.ANTHROPIC_API_KEY, settings.ANTHROPIC_BASE_URL);
}

function access(key: string | undefined, baseUrl: string | undefined): ProviderAccess | null {
  if (key === undefined && baseUrl === undefined) return null;
  return { apiKey: optionalSecret(key), baseUrl: baseUrl ?? null };
}

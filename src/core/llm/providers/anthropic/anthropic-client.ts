import { Anthropic } from '@anthropic-ai/sdk';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Agent } from 'undici';
import type { Semaphore } from '../../../../common/async/semaphore.js';
import { AppConfig } from '../../../../config/app-config.js';
import type { ProviderAccess } from '../../../../config/settings/provider.settings.js';
import { callLimit, connectionPool } from '../connection-pool.js';
import { pooledFetch } from '../pooled-fetch.js';

const OWN_BASE_URL = 'https://api.anthropic.com';

/** The one way to Anthropic, or to the server in its place: SDK client, connections and concurrency limit. */
@Injectable()
export class AnthropicClient implements OnApplicationShutdown {
  /** Null when Anthropic is not configured. */
  readonly sdk: Anthropic | null;
  readonly callLimit: Semaphore;
  private readonly agent: Agent;

  constructor({ anthropic, provider }: AppConfig) {
    this.callLimit = callLimit('anthropic', provider);
    this.agent = connectionPool(provider);
    this.sdk = anthropic && makeSdk(anthropic, provider.timeoutMs, this.agent);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.agent.destroy();
  }
}

/** Retries are ours, so the SDK's are off; what it would read from the environment is given or ruled out. */
function makeSdk({ apiKey, baseUrl }: ProviderAccess, timeoutMs: number, agent: Agent): Anthropic {
  return new Anthropic({
    apiKey: apiKey?.reveal() ?? 'none',
    ...(apiKey === null && { defaultHeaders: { Authorization: null, 'X-Api-Key': null } }),
    authToken: null,
    webhookKey: null,
    baseURL: baseUrl ?? OWN_BASE_URL,
    maxRetries: 0,
    timeout: timeoutMs,
    fetch: pooledFetch(agent),
    logLevel: 'off',
  });
}

import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { OpenAI } from 'openai';
import type { Agent } from 'undici';
import type { Semaphore } from '../../../../common/async/semaphore.js';
import { AppConfig } from '../../../../config/app-config.js';
import type { ProviderAccess } from '../../../../config/settings/provider.settings.js';
import { callLimit, connectionPool } from '../connection-pool.js';
import { pooledFetch } from '../pooled-fetch.js';

/** The one way to OpenAI, or to the compatible server in its place: SDK client, connections and concurrency limit. */
@Injectable()
export class OpenAiClient implements OnApplicationShutdown {
  /** Null when OpenAI is not configured. */
  readonly sdk: OpenAI | null;
  readonly callLimit: Semaphore;
  private readonly agent: Agent;

  constructor({ openai, provider }: AppConfig) {
    this.callLimit = callLimit('openai', provider);
    this.agent = connectionPool(provider);
    this.sdk = openai && makeSdk(openai, provider.timeoutMs, this.agent);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.agent.destroy();
  }
}

/** Retries are ours, so the SDK's are off; what it would read from the environment is given or ruled out. */
function makeSdk({ apiKey, baseUrl }: ProviderAccess, timeoutMs: number, agent: Agent): OpenAI {
  return new OpenAI({
    apiKey: apiKey?.reveal() ?? 'none',
    ...(apiKey === null && { defaultHeaders: { Authorization: null } }),
    baseURL: baseUrl,
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    maxRetries: 0,
    timeout: timeoutMs,
    fetch: pooledFetch(agent),
    logLevel: 'off',
  });
}

import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { OpenAI } from 'openai';
import { Agent } from 'undici';
import { Semaphore } from '../../../../common/async/semaphore.js';
import { UnavailableError } from '../../../../common/errors/unavailable.error.js';
import { AppConfig } from '../../../../config/app-config.js';
import { pooledFetch } from '../pooled-fetch.js';

const MEBIBYTE = 1024 * 1024;

/** Twice what 2,048 vectors of 3,072 dimensions take as text. */
const MAX_ANSWER_BYTES = 256 * MEBIBYTE;
const IDLE_CONNECTION_MS = 30_000;
const MAX_WAITING_CALLS = 1000;

/** The one way to OpenAI, or to the compatible server in its place: SDK client, connections and concurrency limit. */
@Injectable()
export class OpenAiClient implements OnApplicationShutdown {
  /** Null when OpenAI is not configured. */
  readonly sdk: OpenAI | null;
  /** What runs under it counts against `PROVIDER_MAX_CONCURRENCY`. */
  readonly callLimit: Semaphore;
  private readonly agent: Agent;

  constructor({ openai, provider }: AppConfig) {
    this.callLimit = new Semaphore({
      permits: provider.maxConcurrency,
      maxWaiting: MAX_WAITING_CALLS,
      onOverflow: () => new UnavailableError('Too many calls to OpenAI are waiting; try again later.'),
    });
    // Time limits are set around whole calls, so the pool has none of its own.
    this.agent = new Agent({
      keepAliveTimeout: IDLE_CONNECTION_MS,
      maxResponseSize: MAX_ANSWER_BYTES,
      headersTimeout: 0,
      bodyTimeout: 0,
      connectTimeout: provider.timeoutMs,
    });
    this.sdk = openai && makeSdk(openai, provider.timeoutMs, this.agent);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.agent.destroy();
  }
}

/** Retries are ours, so the SDK's are off; what it would read from the environment is given or ruled out. */
function makeSdk(
  { apiKey, baseUrl }: NonNullable<AppConfig['openai']>,
  timeoutMs: number,
  agent: Agent,
): OpenAI {
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

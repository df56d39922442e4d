import type { Environment, LogLevel } from './environment.js';
import { Secret } from './secret.js';

export interface ServerConfig {
  readonly host: string;
  readonly port: number;
  readonly logLevel: LogLevel;
  readonly maxBodyBytes: number;
  readonly shutdownDelayMs: number;
  readonly shutdownTimeoutMs: number;
}

export type DatabaseConfig = {
  readonly acquireTimeoutMs: number;
} & (
  | { readonly kind: 'embedded'; readonly directory: string }
  | {
      readonly kind: 'external';
      readonly url: Secret;
      readonly poolSize: number;
      readonly statementTimeoutMs: number;
    }
);

export interface CacheConfig {
  readonly redisUrl: Secret | null;
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

export interface EmbeddingConfig {
  /** Id of the model for requests that name none; null takes the first configured provider's default. */
  readonly model: string | null;
  readonly dimensions: number | null;
  readonly cacheTtlSeconds: number;
  readonly gatherWindowMs: number;
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

export interface RetrievalConfig {
  readonly maxChunksPerRequest: number;
}

/** All settings as one typed, frozen value. Inject it by its class. */
export class AppConfig {
  private constructor(
    readonly server: ServerConfig,
    readonly database: DatabaseConfig,
    readonly vectorStore: 'pgvector',
    readonly cache: CacheConfig,
    readonly embedding: EmbeddingConfig,
    readonly provider: ProviderConfig,
    /** Null when neither a key nor a base address is set. */
    readonly openai: OpenAiConfig | null,
    readonly retrieval: RetrievalConfig,
  ) {
    Object.freeze(this);
  }

  static from(environment: Environment): AppConfig {
    return new AppConfig(
      serverConfig(environment),
      databaseConfig(environment),
      environment.VECTOR_STORE,
      {
        redisUrl: secret(environment.REDIS_URL),
        timeoutMs: environment.CACHE_TIMEOUT_MS,
        maxBytes: environment.CACHE_MAX_BYTES,
      },
      {
        model: environment.EMBEDDING_MODEL ?? null,
        dimensions: environment.EMBEDDING_DIMENSIONS ?? null,
        cacheTtlSeconds: environment.EMBEDDING_CACHE_TTL_SECONDS,
        gatherWindowMs: environment.EMBEDDING_GATHER_WINDOW_MS,
      },
      {
        timeoutMs: environment.PROVIDER_TIMEOUT_MS,
        maxRetries: environment.PROVIDER_MAX_RETRIES,
        maxConcurrency: environment.PROVIDER_MAX_CONCURRENCY,
      },
      openAiConfig(environment),
      { maxChunksPerRequest: environment.MAX_CHUNKS_PER_REQUEST },
    );
  }
}

function serverConfig(environment: Environment): ServerConfig {
  return {
    host: environment.HOST,
    port: environment.PORT,
    logLevel: environment.LOG_LEVEL,
    maxBodyBytes: environment.MAX_BODY_BYTES,
    shutdownDelayMs: environment.SHUTDOWN_DELAY_MS,
    shutdownTimeoutMs: environment.SHUTDOWN_TIMEOUT_MS,
  };
}

function databaseConfig(environment: Environment): DatabaseConfig {
  const acquireTimeoutMs = environment.DATABASE_ACQUIRE_TIMEOUT_MS;
  if (environment.DATABASE_URL === undefined) {
    return { kind: 'embedded', directory: environment.DATA_DIR, acquireTimeoutMs };
  }
  return {
    kind: 'external',
    url: new Secret(environment.DATABASE_URL),
    poolSize: environment.DATABASE_POOL_SIZE,
    statementTimeoutMs: environment.DATABASE_STATEMENT_TIMEOUT_MS,
    acquireTimeoutMs,
  };
}

function openAiConfig(environment: Environment): OpenAiConfig | null {
  const apiKey = secret(environment.OPENAI_API_KEY);
  const baseUrl = environment.OPENAI_BASE_URL ?? null;
  return apiKey === null && baseUrl === null ? null : { apiKey, baseUrl };
}

function secret(value: string | undefined): Secret | null {
  return value === undefined ? null : new Secret(value);
}

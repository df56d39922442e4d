import {
  ChoiceSetting,
  ConnectionUrlSetting,
  HttpUrlSetting,
  IntegerSetting,
  SecretSetting,
  TextSetting,
} from './setting.decorators.js';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const MEBIBYTE = 1024 * 1024;
const HOUR_IN_SECONDS = 3600;

/** Every environment variable that the service reads: the only place where one is declared. */
export class Environment {
  @TextSetting({
    group: 'Server',
    default: '127.0.0.1',
    description: 'Address to listen on. `0.0.0.0` accepts connections from other machines.',
  })
  HOST = '127.0.0.1';

  @IntegerSetting({
    group: 'Server',
    default: 8000,
    min: 0,
    max: 65_535,
    description: 'TCP port to listen on; 0 takes any free one.',
  })
  PORT = 8000;

  @ChoiceSetting({
    group: 'Server',
    choices: LOG_LEVELS,
    default: 'info',
    description: 'Least severe log line that is written.',
  })
  LOG_LEVEL: LogLevel = 'info';

  @IntegerSetting({
    group: 'Server',
    default: 16 * MEBIBYTE,
    min: 1024,
    max: 256 * MEBIBYTE,
    unit: 'bytes',
    description: 'Largest JSON body that is accepted; a larger one is answered with 413.',
  })
  MAX_BODY_BYTES = 16 * MEBIBYTE;

  @IntegerSetting({
    group: 'Server',
    default: 0,
    min: 0,
    max: 300_000,
    unit: 'ms',
    description: 'On SIGTERM, how long `/ready` answers 503 before connections are refused.',
  })
  SHUTDOWN_DELAY_MS = 0;

  @IntegerSetting({
    group: 'Server',
    default: 25_000,
    min: 100,
    max: 600_000,
    unit: 'ms',
    description: 'On SIGTERM, how long requests in flight may take to finish before they are cut off.',
  })
  SHUTDOWN_TIMEOUT_MS = 25_000;

  @ConnectionUrlSetting({
    group: 'Database',
    schemes: ['postgres', 'postgresql'],
    fallback: 'PostgreSQL inside the process, stored under `DATA_DIR`',
    description: 'PostgreSQL 15 or newer with the pgvector extension (0.8 or newer).',
  })
  DATABASE_URL?: string;

  @TextSetting({
    group: 'Database',
    default: './data',
    description: 'Folder of the embedded database. Only one process may use it at a time.',
  })
  DATA_DIR = './data';

  @IntegerSetting({
    group: 'Database',
    default: 10,
    min: 1,
    max: 200,
    unit: 'connections',
    description: 'Size of the connection pool to `DATABASE_URL`. The embedded database always uses one.',
  })
  DATABASE_POOL_SIZE = 10;

  @IntegerSetting({
    group: 'Database',
    default: 30_000,
    min: 100,
    max: 600_000,
    unit: 'ms',
    description: 'Longest time a single statement may run on `DATABASE_URL`.',
  })
  DATABASE_STATEMENT_TIMEOUT_MS = 30_000;

  @IntegerSetting({
    group: 'Database',
    default: 10_000,
    min: 100,
    max: 120_000,
    unit: 'ms',
    description: 'Longest time a request waits for a database connection before it is answered with 503.',
  })
  DATABASE_ACQUIRE_TIMEOUT_MS = 10_000;

  @ChoiceSetting({
    group: 'Vector store',
    choices: ['pgvector'],
    default: 'pgvector',
    description: 'Where chunks and their vectors live.',
  })
  VECTOR_STORE: 'pgvector' = 'pgvector' as const;

  @ConnectionUrlSetting({
    group: 'Cache',
    schemes: ['redis', 'rediss'],
    fallback: 'a cache inside the process',
    description: 'Redis to share the cache between replicas.',
  })
  REDIS_URL?: string;

  @IntegerSetting({
    group: 'Cache',
    default: 40,
    min: 5,
    max: 5000,
    unit: 'ms',
    description: 'Longest time a request waits for the cache before it goes on without it.',
  })
  CACHE_TIMEOUT_MS = 40;

  @IntegerSetting({
    group: 'Cache',
    default: 128 * MEBIBYTE,
    min: MEBIBYTE,
    max: 16_384 * MEBIBYTE,
    unit: 'bytes',
    description: 'Size of the cache inside the process; the least recently used entries make room.',
  })
  CACHE_MAX_BYTES = 128 * MEBIBYTE;

  @IntegerSetting({
    group: 'Cache',
    default: 168 * HOUR_IN_SECONDS,
    min: 1,
    max: 8760 * HOUR_IN_SECONDS,
    unit: 's',
    description: 'How long the vector of a text stays cached.',
  })
  EMBEDDING_CACHE_TTL_SECONDS = 168 * HOUR_IN_SECONDS;

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

  @TextSetting({
    group: 'Models',
    description: 'Embedding model of requests that name none.',
    fallback: '`text-embedding-3-small` with OpenAI configured, else `local-lexical`',
  })
  EMBEDDING_MODEL?: string;

  @IntegerSetting({
    group: 'Models',
    min: 1,
    max: 16_000,
    unit: 'dimensions',
    description: 'Length of the vectors that `EMBEDDING_MODEL` makes.',
    fallback: "the model's own",
  })
  EMBEDDING_DIMENSIONS?: number;

  @IntegerSetting({
    group: 'Models',
    default: 5,
    min: 0,
    max: 100,
    unit: 'ms',
    description: 'How long a text waits for others, so that one provider call embeds them together.',
  })
  EMBEDDING_GATHER_WINDOW_MS = 5;

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
    group: 'Retrieval',
    default: 20_000,
    min: 100,
    max: 1_000_000,
    unit: 'chunks',
    description: 'Most chunks that the documents of one index request may be cut into.',
  })
  MAX_CHUNKS_PER_REQUEST = 20_000;
}

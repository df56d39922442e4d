import { ConnectionUrlSetting, IntegerSetting } from '../setting.decorators.js';
import { optionalSecret, type Secret } from '../secret.js';

const MEBIBYTE = 1024 * 1024;

/** Where what was computed is kept. */
export class CacheSettings {
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
}

export interface CacheConfig {
  readonly redisUrl: Secret | null;
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

export function cacheConfig(settings: CacheSettings): CacheConfig {
  return {
    redisUrl: optionalSecret(settings.REDIS_URL),
    timeoutMs: settings.CACHE_TIMEOUT_MS,
    maxBytes: settings.CACHE_MAX_BYTES,
  };
}

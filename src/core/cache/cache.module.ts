import { Module } from '@nestjs/common';
import { AppConfig } from '../../config/app-config.js';
import { CacheStore } from './cache-store.js';
import { CacheService } from './cache.service.js';
import { MemoryCacheStore } from './memory-cache-store.js';
import { RedisCacheStore } from './redis-cache-store.js';

/** The cache: in Redis where `REDIS_URL` names one, otherwise inside the process. */
@Module({
  providers: [
    CacheService,
    {
      provide: CacheStore,
      inject: [AppConfig],
      useFactory: ({ cache }: AppConfig): CacheStore =>
        cache.redisUrl === null ? new MemoryCacheStore(cache.maxBytes) : new RedisCacheStore(cache.redisUrl),
    },
  ],
  exports: [CacheService],
})
export class CacheModule {}

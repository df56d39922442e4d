import { Module } from '@nestjs/common';
import { AppConfig } from '../../config/app-config.js';
import { CacheStore } from './cache-store.js';
import { CacheService } from './cache.service.js';
import { MemoryCacheStore } from './memory-cache-store.js';

/** The cache: in Redis where `REDIS_URL` names one, otherwise inside the process. */
@Module({
  providers: [
    CacheService,
    {
      provide: CacheStore,
      inject: [AppConfig],
      useFactory: async ({ cache }: AppConfig): Promise<CacheStore> => {
        if (cache.redisUrl === null) return new MemoryCacheStore(cache.maxBytes);
        // Its packages take a tenth of a second to load, which a start without Redis can do without.
        const { RedisCacheStore } = await import('./redis-cache-store.js');
        return new RedisCacheStore(cache.redisUrl);
      },
    },
  ],
  exports: [CacheService],
})
export class CacheModule {}

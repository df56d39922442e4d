import { Injectable } from '@nestjs/common';
import { AppConfig } from '../config/app-config.js';
import { CacheService } from '../core/cache/cache.service.js';
import type { DependencyStateDto } from './health.dto.js';

/** What the service can do without. Looks at what is known already: no call, no cost. */
@Injectable()
export class OptionalDependencies {
  constructor(
    private readonly cache: CacheService,
    private readonly config: AppConfig,
  ) {}

  states(): Record<string, DependencyStateDto> {
    return {
      cache: { status: this.cache.state },
      openai: { status: this.config.openai === null ? 'not_configured' : 'up' },
    };
  }
}

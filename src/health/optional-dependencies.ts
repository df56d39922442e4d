import { Injectable } from '@nestjs/common';
import { CacheService } from '../core/cache/cache.service.js';
import { ProviderStates } from '../core/llm/provider-states.js';
import type { DependencyStateDto } from './health.dto.js';

/** What the service can do without. Looks at what is known already: no call, no cost. */
@Injectable()
export class OptionalDependencies {
  constructor(
    private readonly cache: CacheService,
    private readonly providers: ProviderStates,
  ) {}

  states(): Record<string, DependencyStateDto> {
    const states = { cache: this.cache.state, ...this.providers.all() };
    return Object.fromEntries(Object.entries(states).map(([name, status]) => [name, { status }]));
  }
}

import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../../config/app-config.js';
import type { ChatProvider } from '../chat-catalog.js';
import { CircuitBreaker } from './circuit-breaker.js';

/** One circuit breaker for each provider, whatever it is asked for. */
@Injectable()
export class CircuitBreakers {
  private readonly breakers: Readonly<Record<ChatProvider, CircuitBreaker>>;

  constructor({ provider: { breakerFailures: failures, breakerOpenMs: openMs } }: AppConfig) {
    this.breakers = {
      openai: new CircuitBreaker({ provider: 'openai', failures, openMs }),
      anthropic: new CircuitBreaker({ provider: 'anthropic', failures, openMs }),
    };
  }

  all(): readonly (readonly [ChatProvider, CircuitBreaker])[] {
    return Object.entries(this.breakers) as [ChatProvider, CircuitBreaker][];
  }

  of(provider: ChatProvider): CircuitBreaker {
    return this.breakers[provider];
  }
}

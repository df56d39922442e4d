import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../config/app-config.js';
import { type ProviderFailureKind, providerFailureOf } from './provider-failure.js';

export type ProviderState = 'up' | 'degraded' | 'down' | 'not_configured';

/** What a failure says about its provider, and not about what it was sent. */
const STATES: Record<ProviderFailureKind, ProviderState> = {
  'input-refused': 'up',
  refused: 'up',
  'unknown-model': 'up',
  'rate-limit': 'degraded',
  outage: 'degraded',
  interrupted: 'degraded',
  timeout: 'degraded',
  nonsense: 'degraded',
  suspended: 'degraded',
  crowded: 'degraded',
  quota: 'down',
  credentials: 'down',
  unreachable: 'down',
};

/** How providers are, by their last calls. A configured one that has not been called counts as up. */
@Injectable()
export class ProviderStates {
  private readonly states = new Map<string, ProviderState>();

  constructor({ openai, anthropic }: AppConfig) {
    this.states.set('openai', openai === null ? 'not_configured' : 'up');
    this.states.set('anthropic', anthropic === null ? 'not_configured' : 'up');
  }

  all(): Record<string, ProviderState> {
    return Object.fromEntries(this.states);
  }

  noteSuccess(provider: string): void {
    this.states.set(provider, 'up');
  }

  /** Ignores errors that are not a provider's, such as the caller's own abort. */
  noteFailure(provider: string, error: unknown): void {
    const failure = providerFailureOf(error);
    if (failure) this.states.set(provider, STATES[failure.kind]);
  }
}

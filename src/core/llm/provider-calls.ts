import { Injectable } from '@nestjs/common';
import { beginProviderCall } from '../../common/http/provider-time.js';
import { Budgets } from '../limits/budgets.js';
import type { ChatUsage } from './chat-model.js';
import { providerFailureOf } from './provider-failure.js';
import { ProviderStates } from './provider-states.js';
import { type UsageKey, UsageMeter } from './usage-meter.js';

/** A call under way. Exactly one of its methods is to be called, once. */
export interface ProviderCall {
  succeed(usage: ChatUsage): void;
  /** @param error null where nobody waited for the end */
  fail(error: unknown): void;
}

/** Notes how each call to a provider ends, and what it used: each attempt of a retry is a call. */
@Injectable()
export class ProviderCalls {
  constructor(
    private readonly states: ProviderStates,
    private readonly meter: UsageMeter,
    /** From which what is called here is paid. */
    readonly budgets: Budgets,
  ) {}

  async run<T>(subject: UsageKey, call: () => Promise<T>, usageOf: (answer: T) => ChatUsage): Promise<T> {
    const noted = this.begin(subject);
    let answer: T;
    try {
      answer = await call();
    } catch (error) {
      noted.fail(error);
      throw error;
    }
    noted.succeed(usageOf(answer));
    return answer;
  }

  /** The same for calls that are no single promise. */
  begin(subject: UsageKey): ProviderCall {
    const end = beginProviderCall();
    return {
      succeed: (usage) => {
        end();
        this.states.noteSuccess(subject.provider);
        this.meter.noteSuccess(subject, usage);
      },
      fail: (error) => {
        end();
        this.states.noteFailure(subject.provider, error);
        this.meter.noteFailure(subject, providerFailureOf(error)?.usage ?? null);
      },
    };
  }
}

import { Injectable } from '@nestjs/common';
import { beginProviderCall } from '../../common/http/provider-time.js';
import { Budgets } from '../limits/budgets.js';
import { failSpan, startSpan } from '../../common/tracing/span.js';
import type { ChatUsage } from './chat-model.js';
import { providerFailureOf } from './provider-failure.js';
import { ProviderStates } from './provider-states.js';
import { type UsageKey, UsageMeter } from './usage-meter.js';

/** What is called, and on whose behalf. */
export interface CallSubject extends UsageKey {
  /** As OpenTelemetry's conventions for generative AI call it. */
  readonly operation: 'chat' | 'embeddings' | 'transcription';
}

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

  async run<T>(subject: CallSubject, call: () => Promise<T>, usageOf: (answer: T) => ChatUsage): Promise<T> {
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
  begin({ operation, ...subject }: CallSubject): ProviderCall {
    const end = beginProviderCall();
    const { provider, model } = subject;
    const span = startSpan({
      name: `${operation} ${model}`,
      kind: 'client',
      attributes: {
        'gen_ai.operation.name': operation,
        'gen_ai.provider.name': provider,
        'gen_ai.request.model': model,
      },
    });
    return {
      succeed: (usage) => {
        end();
        this.states.noteSuccess(provider);
        this.meter.noteSuccess(subject, usage);
        span.setAttributes({
          'gen_ai.usage.input_tokens': usage.promptTokens,
          'gen_ai.usage.output_tokens': usage.completionTokens,
        });
        span.end();
      },
      fail: (error) => {
        end();
        const failure = providerFailureOf(error);
        this.states.noteFailure(provider, error);
        this.meter.noteFailure(subject, failure?.usage ?? null);
        failSpan(span, failure?.kind ?? 'abandoned');
        span.end();
      },
    };
  }
}

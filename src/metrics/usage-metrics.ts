import { Injectable } from '@nestjs/common';
import { Metrics } from '../common/metrics/metrics.js';
import { KnownModels } from '../core/llm/known-models.js';
import { type UsageCount, UsageMeter } from '../core/llm/usage-meter.js';

const LABELS = ['capability', 'provider', 'model'] as const;

/** What models of providers are called for, how often in vain, and what that uses and costs. */
@Injectable()
export class UsageMetrics {
  constructor(
    private readonly metrics: Metrics,
    private readonly meter: UsageMeter,
    private readonly models: KnownModels,
  ) {
    this.count('provider_calls_total', 'Calls to providers, retries included.', ({ calls }) => calls);
    this.count(
      'provider_failed_calls_total',
      'Calls to providers without an answer that can be used.',
      ({ failedCalls }) => failedCalls,
    );
    this.count(
      'provider_prompt_tokens_total',
      'Tokens that were sent to providers.',
      ({ promptTokens }) => promptTokens,
    );
    this.count(
      'provider_completion_tokens_total',
      'Tokens that providers wrote.',
      ({ completionTokens }) => completionTokens,
    );
    this.count(
      'provider_cost_usd_total',
      'US dollars for calls to providers, where the price is known.',
      ({ costUsd }) => costUsd,
    );
    this.count(
      'provider_unpriced_calls_total',
      'Calls to providers that used something at an unknown price.',
      ({ unpricedCalls }) => unpricedCalls,
    );
  }

  private count(name: string, help: string, valueOf: (count: UsageCount) => number): void {
    this.metrics.observeTotals({ name, help, labels: LABELS }, () =>
      this.meter.snapshot().map((count) => ({
        labels: {
          capability: count.capability,
          provider: count.provider,
          model: this.models.nameOf(count.model),
        },
        value: valueOf(count),
      })),
    );
  }
}

import { Injectable } from '@nestjs/common';
import { Metrics } from '../common/metrics/metrics.js';
import { CircuitBreakers } from '../core/llm/resilience/circuit-breakers.js';
import { ProviderClients } from '../core/llm/providers/provider-clients.js';
import { MediaQueue } from '../core/media/media-queue.js';

const OPENNESS = { closed: 0, 'half-open': 0.5, open: 1 } as const;

/** Where work waits for its turn inside this process, and the providers that are left alone. */
@Injectable()
export class QueueMetrics {
  constructor(
    metrics: Metrics,
    breakers: CircuitBreakers,
    private readonly clients: ProviderClients,
    private readonly media: MediaQueue,
  ) {
    metrics.observe({ name: 'queue_running', help: 'Tasks whose turn it is.', labels: ['queue'] }, () =>
      this.loads().map(([queue, { running }]) => ({ labels: { queue }, value: running })),
    );
    metrics.observe(
      { name: 'queue_waiting', help: 'Tasks that wait for their turn.', labels: ['queue'] },
      () => this.loads().map(([queue, { waiting }]) => ({ labels: { queue }, value: waiting })),
    );
    metrics.observe(
      {
        name: 'provider_breaker_open',
        help: 'Whether a provider is left alone after failures (1), about to be tried again (0.5), or not (0).',
        labels: ['provider'],
      },
      () => breakers.all().map(([provider, { state }]) => ({ labels: { provider }, value: OPENNESS[state] })),
    );
  }

  private loads() {
    const { openai, anthropic } = this.clients;
    return Object.entries({
      openai: openai.callLimit.load,
      anthropic: anthropic.callLimit.load,
      media: this.media.load,
    });
  }
}

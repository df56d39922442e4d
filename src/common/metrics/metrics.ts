import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

export interface MetricOptions<Label extends string> {
  /** `ml_service_` is put before it; ends in its unit, or in `_total` for a counter. */
  readonly name: string;
  readonly help: string;
  readonly labels: readonly Label[];
}

/** A value with its labels, read when somebody asks for the metrics. */
export interface Sample<Label extends string> {
  readonly labels: Readonly<Record<Label, string>>;
  readonly value: number;
}

const PREFIX = 'ml_service_';

/**
 * What the service counts and measures about itself, for Prometheus. Labels must come from short lists: never from
 * texts, ids or names that clients choose.
 */
@Injectable()
export class Metrics implements OnApplicationShutdown {
  private readonly registry = new Registry();

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  onApplicationShutdown(): void {
    this.registry.clear();
  }

  counter<Label extends string>({ name, help, labels }: MetricOptions<Label>): Counter<Label> {
    return new Counter({ name: PREFIX + name, help, labelNames: labels, registers: [this.registry] });
  }

  /** @param options `buckets`: upper bounds, rising */
  histogram<Label extends string>(
    options: MetricOptions<Label> & { readonly buckets: readonly number[] },
  ): Histogram<Label> {
    const { name, help, labels, buckets } = options;
    return new Histogram({
      name: PREFIX + name,
      help,
      labelNames: labels,
      buckets: [...buckets],
      registers: [this.registry],
    });
  }

  /** A gauge whose samples are read anew each time. */
  observe<Label extends string>(
    { name, help, labels }: MetricOptions<Label>,
    read: () => readonly Sample<Label>[] | Promise<readonly Sample<Label>[]>,
  ): void {
    const gauge: Gauge<Label> = new Gauge({
      name: PREFIX + name,
      help,
      labelNames: labels,
      registers: [this.registry],
      collect: async () => {
        const samples = await read();
        gauge.reset();
        for (const sample of samples) gauge.set(sample.labels, sample.value);
      },
    });
  }

  /** A counter whose samples are read anew each time, and never fall. Those with the same labels are added up. */
  observeTotals<Label extends string>(
    { name, help, labels }: MetricOptions<Label>,
    read: () => readonly Sample<Label>[],
  ): void {
    const counter: Counter<Label> = new Counter({
      name: PREFIX + name,
      help,
      labelNames: labels,
      registers: [this.registry],
      collect: () => {
        counter.reset();
        for (const sample of read()) counter.inc(sample.labels, sample.value);
      },
    });
  }

  /** All of it, in Prometheus' text format. */
  text(): Promise<string> {
    return this.registry.metrics();
  }
}

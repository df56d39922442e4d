import { trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { TracingConfig } from '../../config/settings/tracing.settings.js';

/**
 * Sends spans to a collector from now on. In a file of its own, because loading it takes time that nobody should spend
 * who has no collector.
 * @returns what sends the last ones, and ends it
 */
export function startExporting({ endpoint, serviceName }: TracingConfig): () => Promise<void> {
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': serviceName }),
    spanProcessors: [
      new BatchSpanProcessor(
        new OTLPTraceExporter({ url: `${String(endpoint).replace(/\/$/u, '')}/v1/traces` }),
      ),
    ],
  });
  trace.setGlobalTracerProvider(provider);
  return async () => {
    trace.disable();
    await provider.shutdown();
  };
}

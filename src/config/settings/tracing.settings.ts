import { HttpUrlSetting, TextSetting } from '../setting.decorators.js';

/** Where traces go. */
export class TracingSettings {
  @HttpUrlSetting({
    group: 'Observability',
    description: 'Address of a collector that takes OTLP over HTTP, e.g. `http://collector:4318`.',
    fallback: 'there are no traces',
  })
  OTEL_EXPORTER_OTLP_ENDPOINT?: string;

  @TextSetting({
    group: 'Observability',
    default: 'ml-service',
    description: 'Name of this service in traces.',
  })
  OTEL_SERVICE_NAME = 'ml-service';
}

export interface TracingConfig {
  /** Null where there are no traces. */
  readonly endpoint: string | null;
  readonly serviceName: string;
}

export function tracingConfig(settings: TracingSettings): TracingConfig {
  return {
    endpoint: settings.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
    serviceName: settings.OTEL_SERVICE_NAME,
  };
}

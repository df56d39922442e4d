import {
  type Attributes,
  type Context,
  isSpanContextValid,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { currentRequest } from '../http/request-context.js';

export interface SpanOptions {
  /** Of few different names: never with ids or texts in it. */
  readonly name: string;
  readonly kind: 'server' | 'client';
  /** As OpenTelemetry's semantic conventions call them. Never texts, vectors or keys. */
  readonly attributes: Attributes;
}

const KINDS = { server: SpanKind.SERVER, client: SpanKind.CLIENT } as const;

/** Begins a span below the one of the current request. While tracing is off, one that does nothing. */
export function startSpan({ name, kind, attributes }: SpanOptions): Span {
  return trace.getTracer('ml-service').startSpan(name, { kind: KINDS[kind], attributes }, parentContext());
}

/** Does work within a span. */
export async function inSpan<T>(options: SpanOptions, work: () => Promise<T>): Promise<T> {
  const span = startSpan(options);
  try {
    return await work();
  } catch (error) {
    failSpan(span, error instanceof Error ? error.name : 'error');
    throw error;
  } finally {
    span.end();
  }
}

/** @param type of the error, never its message, which may say what it is about */
export function failSpan(span: Span, type: string): void {
  span.setAttribute('error.type', type);
  span.setStatus({ code: SpanStatusCode.ERROR });
}

/** A span as W3C's `traceparent`, for those who go on from it. */
export function toTraceparent(span: Span): string {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
}

function parentContext(): Context {
  const [, traceId = '', spanId = '', flags = ''] = currentRequest()?.traceparent?.split('-') ?? [];
  const parent = { traceId, spanId, traceFlags: parseInt(flags, 16), isRemote: true };
  return isSpanContextValid(parent) ? trace.setSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT;
}

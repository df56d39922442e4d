/** The trace that a W3C `traceparent` belongs to. */
export function traceIdOf(traceparent: string): string {
  return traceparent.split('-')[1] ?? '';
}

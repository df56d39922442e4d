/** A server-sent event as a client reads it. */
export interface ReceivedEvent {
  readonly event: string;
  readonly data: Record<string, unknown>;
}

export interface ReceivedStream {
  readonly status: number;
  readonly contentType: string;
  readonly events: ReceivedEvent[];
}

/** Posts JSON and reads the answer as events to its end. A problem is one event named by its media type. */
export async function postForEvents(url: string, body: object): Promise<ReceivedStream> {
  const response = await openEvents(url, body);
  return {
    status: response.status,
    contentType: response.headers.get('content-type') ?? '',
    events: parseEvents(await response.text()),
  };
}

/** Posts JSON; the answer's body is still to be read. */
export function openEvents(url: string, body: object, signal?: AbortSignal): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    ...(signal && { signal }),
  });
}

/** What the deltas add up to. */
export function textOf(events: readonly ReceivedEvent[]): string {
  return events.flatMap(({ event, data }) => (event === 'delta' ? [String(data['content'])] : [])).join('');
}

/** Events as they came, to the end. */
export function parseEvents(text: string): ReceivedEvent[] {
  return [...text.matchAll(/^event: (\w+)\ndata: (.*)\n\n/gmu)].map(([, event = '', data = '']) => ({
    event,
    data: JSON.parse(data) as Record<string, unknown>,
  }));
}

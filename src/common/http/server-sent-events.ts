import { StreamableFile } from '@nestjs/common';
import { Readable } from 'node:stream';

export interface ServerSentEvent {
  readonly event: string;
  /** Sent as JSON. */
  readonly data: object;
}

/** A response body of server-sent events. Throw before making it: afterwards the status is on its way. */
export function eventStream(
  events: Iterable<ServerSentEvent> | AsyncIterable<ServerSentEvent>,
): StreamableFile {
  return new StreamableFile(Readable.from(encode(events)), { type: 'text/event-stream; charset=utf-8' });
}

async function* encode(events: Iterable<ServerSentEvent> | AsyncIterable<ServerSentEvent>) {
  for await (const { event, data } of events) {
    yield Buffer.from(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }
}

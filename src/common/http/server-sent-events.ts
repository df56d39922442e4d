import { StreamableFile } from '@nestjs/common';
import { Readable } from 'node:stream';

export interface ServerSentEvent {
  readonly event: string;
  /** Sent as JSON. */
  readonly data: object;
}

/** Says nothing, so that whoever is between here and the client sees that the connection is alive. */
export const KEEP_ALIVE = Symbol('keep-alive');

type Sent = ServerSentEvent | typeof KEEP_ALIVE;

/** A response body of server-sent events. Throw before making it: afterwards the status is on its way. */
export function eventStream(events: Iterable<Sent> | AsyncIterable<Sent>): StreamableFile {
  return new StreamableFile(Readable.from(encode(events)), { type: 'text/event-stream; charset=utf-8' });
}

async function* encode(events: Iterable<Sent> | AsyncIterable<Sent>) {
  for await (const sent of events) {
    yield Buffer.from(
      sent === KEEP_ALIVE ? ': \n\n' : `event: ${sent.event}\ndata: ${JSON.stringify(sent.data)}\n\n`,
    );
  }
}

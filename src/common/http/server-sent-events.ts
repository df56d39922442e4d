import { Logger, StreamableFile } from '@nestjs/common';
import { Readable } from 'node:stream';
import { toFailure } from '../errors/failure.js';
import { logFailure } from '../errors/log-failure.js';
import { toProblem } from '../errors/problem.js';
import { currentRequest, currentRequestId } from './request-context.js';

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

/**
 * The same once there is a first event. What fails before it is thrown, and so answered with its own status; what
 * fails later becomes an `error` event with a problem, the last one. Events are made no faster than the client reads
 * them. When it hangs up, the iteration is ended.
 * @param signal fires when the client hangs up, and ends the work that makes the events
 */
export async function openEventStream(
  events: AsyncIterable<ServerSentEvent>,
  signal: AbortSignal,
): Promise<StreamableFile> {
  const iterator = events[Symbol.asyncIterator]();
  const first = await iterator.next();
  const origin = { instance: currentRequest()?.path ?? '', requestId: currentRequestId() };
  return eventStream(withProblem({ iterator, first, origin, signal }));
}

interface Opened {
  readonly iterator: AsyncIterator<ServerSentEvent, unknown>;
  readonly first: IteratorResult<ServerSentEvent, unknown>;
  readonly origin: Parameters<typeof toProblem>[1];
  readonly signal: AbortSignal;
}

async function* withProblem({ iterator, first, origin, signal }: Opened): AsyncGenerator<ServerSentEvent> {
  try {
    for (let next = first; next.done !== true; next = await iterator.next()) yield next.value;
  } catch (error) {
    // Nobody is there to be told.
    if (signal.aborted) return;
    const failure = toFailure(error);
    logFailure(new Logger('ServerSentEvents'), failure, error);
    yield { event: 'error', data: toProblem(failure, origin) };
  } finally {
    await iterator.return?.();
  }
}

async function* encode(events: Iterable<Sent> | AsyncIterable<Sent>) {
  for await (const sent of events) {
    yield Buffer.from(
      sent === KEEP_ALIVE ? ': \n\n' : `event: ${sent.event}\ndata: ${JSON.stringify(sent.data)}\n\n`,
    );
  }
}

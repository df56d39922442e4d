import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { ChatCall, ChatProtocol, Reply } from './chat-protocols.js';
import { send, textOf } from './stub-http.js';

export interface RecordedChatCall {
  readonly body: ChatCall;
  readonly headers: IncomingMessage['headers'];
}

/** What happens to a call instead of a good answer. */
export type ChatScript =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly body: unknown;
    }
  | { readonly kind: 'spoil'; readonly change: (answer: Record<string, unknown>) => unknown }
  /** Never answers, or never ends its answer. */
  | { readonly kind: 'stall'; readonly when: 'before' | 'mid-body' }
  /** Cuts the connection. */
  | { readonly kind: 'reset'; readonly when: 'before' | 'mid-body' }
  /** Ends the stream in good order, but before the answer's end. */
  | { readonly kind: 'cut'; readonly afterEvents?: number }
  /** Writes its stream this many times over before it ends it, as fast as it is read. */
  | { readonly kind: 'flood'; readonly times: number }
  /** Says in the middle of the stream that something is wrong. */
  | { readonly kind: 'event'; readonly event: string };

/** In the word of a reply that a flood says again and again. */
export const FLOOD_MARK = 'flood';

const USUAL_REPLY: Reply = {
  content: 'Hello there, world.',
  end: 'stop',
  promptTokens: 12,
  completionTokens: 5,
};

/** A local server that speaks a provider's chat protocol, and misbehaves as it is told. */
export class ChatStub {
  readonly calls: RecordedChatCall[] = [];
  /** Calls whose connection the client closed before it had its answer. */
  abandonedCalls = 0;
  readonly sockets = new Set<Socket>();
  /** Of floods, so far. */
  floodedBytes = 0;
  /** What is answered once the replies that were queued are used up. */
  usualReply: Reply | ((call: ChatCall) => Reply) = USUAL_REPLY;
  private readonly events = new EventEmitter();
  private readonly scripts: ChatScript[] = [];
  private readonly replies: Reply[] = [];

  constructor(private readonly protocol: ChatProtocol) {}

  /** The next calls go by this script; the ones after them are answered well. */
  scriptNext(script: ChatScript, count = 1): void {
    this.scripts.push(...Array.from({ length: count }, () => script));
  }

  failNext(
    status: number,
    { headers = {}, count = 1 }: { headers?: Record<string, string>; count?: number } = {},
  ) {
    this.scriptNext({ kind: 'answer', status, headers, body: this.protocol.error(status) }, count);
  }

  /** The next good answer; each further one is for the call after it. */
  replyNext(reply: Partial<Reply>): void {
    this.replies.push({ ...USUAL_REPLY, ...reply });
  }

  /** Resolves when so many calls have arrived. */
  async untilCalled(count = 1): Promise<void> {
    while (this.calls.length < count) await once(this.events, 'call');
  }

  /** Resolves when the client has closed the connections of so many calls before it had its answer. */
  async untilAbandoned(count = 1): Promise<void> {
    while (this.abandonedCalls < count) await once(this.events, 'abandoned');
  }

  reset(): void {
    this.calls.length = 0;
    this.scripts.length = 0;
    this.replies.length = 0;
    this.abandonedCalls = 0;
    this.floodedBytes = 0;
    this.usualReply = USUAL_REPLY;
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on('close', () => {
      if (response.writableFinished) return;
      this.abandonedCalls += 1;
      this.events.emit('abandoned');
    });
    const body = JSON.parse(await textOf(request)) as ChatCall;
    this.calls.push({ body, headers: request.headers });
    this.events.emit('call');
    const usual = typeof this.usualReply === 'function' ? this.usualReply(body) : this.usualReply;
    const script = this.scripts.shift();
    const reply = script?.kind === 'answer' ? usual : (this.replies.shift() ?? usual);
    if (script?.kind === 'answer') send(response, script.status, script.body, script.headers);
    else if (script?.kind === 'spoil' && !body.stream) {
      send(response, 200, script.change(this.protocol.answer(body, reply)));
    } else if (script?.kind === 'stall' && script.when === 'before') return;
    else if (script?.kind === 'reset' && script.when === 'before') response.destroy();
    else if (body.stream && script?.kind === 'flood') {
      await this.flood(response, this.protocol.events(body, reply), script.times);
    } else if (body.stream) stream(response, this.protocol.events(body, reply), script);
    else answer(response, this.protocol.answer(body, reply), script);
  }

  private async flood(response: ServerResponse, events: readonly string[], times: number): Promise<void> {
    const delta = events.find((event) => event.includes(FLOOD_MARK)) ?? '';
    const place = events.indexOf(delta);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(events.slice(0, place).join(''));
    for (let round = 0; round < times && !response.destroyed; round += 1) {
      this.floodedBytes += Buffer.byteLength(delta);
      if (!response.write(delta)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
    }
    response.end(events.slice(place + 1).join(''));
  }
}

/** The same, as a server of its own. */
export class ListeningChatStub extends ChatStub {
  private server: Server | undefined;
  private address = 0;

  static async listen(protocol: ChatProtocol): Promise<ListeningChatStub> {
    const stub = new ListeningChatStub(protocol);
    await stub.accept();
    return stub;
  }

  /** Without a version. */
  get origin(): string {
    return `http://127.0.0.1:${this.address}`;
  }

  /** From now on connections are refused. */
  async refuse(): Promise<void> {
    const server = this.server;
    if (!server?.listening) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  }

  /** Takes connections, at the same address as before. */
  async accept(): Promise<void> {
    if (this.server?.listening) return;
    const server = createServer((request, response) => void this.handle(request, response));
    server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
    server.listen(this.address, '127.0.0.1');
    await once(server, 'listening');
    this.address = (server.address() as AddressInfo).port;
    this.server = server;
  }

  close(): Promise<void> {
    return this.refuse();
  }
}

function answer(response: ServerResponse, body: unknown, script: ChatScript | undefined): void {
  if (script === undefined || script.kind === 'cut' || script.kind === 'event') {
    send(response, 200, body);
    return;
  }
  const text = JSON.stringify(body);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.write(text.slice(0, text.length / 2), () => {
    if (script.kind === 'reset') response.destroy();
  });
}

function stream(response: ServerResponse, events: readonly string[], script: ChatScript | undefined): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  if (script === undefined) {
    response.end(events.join(''));
    return;
  }
  const sent = script.kind === 'cut' ? script.afterEvents : undefined;
  const beginning = events.slice(0, sent ?? Math.ceil(events.length / 2)).join('');
  response.write(beginning, () => {
    if (script.kind === 'reset') response.destroy();
    if (script.kind === 'cut') response.end();
    if (script.kind === 'event') response.end(script.event);
  });
}

import { createHash } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OPENAI_CHAT } from './chat-protocols.js';
import { ChatStub } from './chat-stub.js';
import { send, textOf } from './stub-http.js';

const MAX_INPUTS = 2048;
const DIMENSIONS: Readonly<Record<string, number>> = {
  'text-embedding-3-small': 1536,
  'text-embedding-3-large': 3072,
  'text-embedding-ada-002': 1536,
};

/** Length of the vectors of models that the stub has not heard of. */
export const OTHER_MODEL_DIMENSIONS = 8;

export interface EmbeddingCall {
  readonly model: string;
  readonly input: string[];
  readonly encoding_format?: string;
  readonly dimensions?: number;
}

export interface RecordedCall {
  readonly body: EmbeddingCall;
  readonly headers: IncomingMessage['headers'];
}

/** The body of a good answer, for scripts that spoil it. */
export interface EmbeddingAnswer {
  object: string;
  model: string;
  data: { object: string; index: number; embedding: string | number[] }[];
  usage?: { prompt_tokens: number; total_tokens: number };
}

/** What happens to a call instead of a good answer. */
export type Script =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly body?: unknown;
    }
  | { readonly kind: 'spoil'; readonly change: (answer: EmbeddingAnswer) => unknown }
  /** Never answers, or never ends its answer. */
  | { readonly kind: 'stall'; readonly when: 'before' | 'mid-body' }
  /** Cuts the connection. */
  | { readonly kind: 'reset'; readonly when: 'before' | 'mid-body' };

/** A local server that speaks `POST /v1/embeddings` as OpenAI does, and misbehaves as it is told. */
export class OpenAiStub {
  /** The same for `POST /v1/chat/completions`. */
  readonly chat = new ChatStub(OPENAI_CHAT);
  readonly calls: RecordedCall[] = [];
  /** Calls whose connection the client closed before it had its answer. */
  abandonedCalls = 0;
  /** Texts that have this in them are refused with 400, and so is every call that has one of them. */
  refusedMark: string | null = null;
  private readonly events = new EventEmitter();
  private readonly scripts: Script[] = [];
  private held: { readonly mark: string; readonly answers: (() => void)[] } | null = null;
  private port = 0;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<OpenAiStub> {
    const server = createServer();
    const stub = new OpenAiStub(server);
    server.on('request', (request, response) => {
      void stub.handle(request, response);
    });
    await stub.listen(0);
    return stub;
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${this.port}/v1`;
  }

  get callCount(): number {
    return this.calls.length;
  }

  get inputs(): string[] {
    return this.calls.flatMap(({ body }) => body.input);
  }

  /** The next calls go by this script; the ones after them are answered well. */
  scriptNext(script: Script, count = 1): void {
    this.scripts.push(...Array.from({ length: count }, () => script));
  }

  failNext(
    status: number,
    { headers = {}, count = 1 }: { headers?: Record<string, string>; count?: number } = {},
  ): void {
    const body = { error: { message: `upstream said ${status}`, type: 'stub', code: null, param: null } };
    this.scriptNext({ kind: 'answer', status, headers, body }, count);
  }

  /** Answers no call that has a text with this in it until the returned function is called. */
  hold(mark = ''): () => void {
    const answers: (() => void)[] = [];
    this.held = { mark, answers };
    return () => {
      this.held = null;
      for (const answer of answers) answer();
    };
  }

  /** Resolves when so many calls have arrived. */
  async untilCalled(count = 1): Promise<void> {
    while (this.callCount < count) await once(this.events, 'call');
  }

  /** Resolves when the client has closed the connections of so many calls before it had its answer. */
  async untilAbandoned(count = 1): Promise<void> {
    while (this.abandonedCalls < count) await once(this.events, 'abandoned');
  }

  reset(): void {
    this.calls.length = 0;
    this.scripts.length = 0;
    this.abandonedCalls = 0;
    this.refusedMark = null;
    this.chat.reset();
  }

  /** From now on connections are refused. */
  async refuse(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  /** Takes connections again, at the same address. */
  async accept(): Promise<void> {
    await this.listen(this.port);
  }

  async close(): Promise<void> {
    if (this.server.listening) await this.refuse();
  }

  private async listen(port: number): Promise<void> {
    this.server.listen(port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'POST' && request.url === OPENAI_CHAT.path) {
      await this.chat.handle(request, response);
      return;
    }
    response.on('close', () => {
      if (response.writableFinished) return;
      this.abandonedCalls += 1;
      this.events.emit('abandoned');
    });
    if (request.method !== 'POST' || request.url !== '/v1/embeddings') {
      send(response, 404, { error: { message: 'no such route' } });
      return;
    }
    const body = JSON.parse(await textOf(request)) as EmbeddingCall;
    this.calls.push({ body, headers: request.headers });
    this.events.emit('call');
    const script = this.scripts.shift();
    const { mark, answers } = this.held ?? {};
    if (mark !== undefined && body.input.some((text) => text.includes(mark))) {
      await new Promise<void>((resolve) => answers?.push(resolve));
    }
    if (script) perform(script, body, response);
    else this.answer(body, response);
  }

  private answer(call: EmbeddingCall, response: ServerResponse): void {
    const problem = problemWith(call, this.refusedMark);
    if (problem !== null) send(response, 400, { error: { message: problem, type: 'invalid_request_error' } });
    else send(response, 200, answerTo(call));
  }
}

/** The vector that the stub gives for a text: always the same, of length 1. */
export function stubVector(text: string, dimensions: number): Float32Array {
  // A xorshift generator, seeded with the text.
  let state = createHash('sha256').update(text).digest().readInt32LE() | 1;
  const values = new Float64Array(dimensions).map(() => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state;
  });
  const norm = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  return Float32Array.from(values, (value) => value / norm);
}

/** The tokens that the stub bills for a text. */
export function stubTokens(text: string): number {
  return Math.ceil(text.length / 4);
}

function answerTo(call: EmbeddingCall): EmbeddingAnswer {
  const dimensions = call.dimensions ?? DIMENSIONS[call.model] ?? OTHER_MODEL_DIMENSIONS;
  const tokens = call.input.reduce((sum, text) => sum + stubTokens(text), 0);
  // Vectors of two models have nothing to do with each other.
  const space = call.model === 'text-embedding-3-large' ? `${call.model} ` : '';
  return {
    object: 'list',
    model: call.model,
    data: call.input.map((text, index) => {
      const vector = stubVector(`${space}${text}`, dimensions);
      const embedding =
        call.encoding_format === 'base64' ? Buffer.from(vector.buffer).toString('base64') : [...vector];
      return { object: 'embedding', index, embedding };
    }),
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  };
}

function problemWith({ model, input, dimensions }: EmbeddingCall, refusedMark: string | null): string | null {
  if (input.length === 0 || input.length > MAX_INPUTS || input.includes('')) return 'bad input';
  if (refusedMark !== null && input.some((text) => text.includes(refusedMark))) return 'refused text';
  const most = DIMENSIONS[model] ?? Infinity;
  const isFixed = model === 'text-embedding-ada-002' && dimensions !== undefined;
  return isFixed || (dimensions !== undefined && (dimensions < 1 || dimensions > most))
    ? 'bad dimensions'
    : null;
}

function perform(script: Script, call: EmbeddingCall, response: ServerResponse): void {
  switch (script.kind) {
    case 'answer':
      send(response, script.status, script.body ?? {}, script.headers);
      return;
    case 'spoil':
      send(response, 200, script.change(answerTo(call)));
      return;
    case 'stall':
      if (script.when === 'mid-body') sendHalf(response, call);
      return;
    case 'reset':
      if (script.when === 'before') response.destroy();
      else sendHalf(response, call, () => response.destroy());
      return;
  }
}

function sendHalf(response: ServerResponse, call: EmbeddingCall, sent?: () => void): void {
  const text = JSON.stringify(answerTo(call));
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.write(text.slice(0, text.length / 2), sent);
}

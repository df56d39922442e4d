import { createHash } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { type Burst, findBursts, readWav } from './bursts.js';

/** One call as it arrived. */
export interface SpeechCall {
  /** All fields but the file. */
  readonly fields: Readonly<Record<string, string>>;
  readonly fileName: string;
  readonly mediaType: string;
  readonly headers: IncomingMessage['headers'];
  readonly bytes: number;
  /** Of the file, to tell whether it came before. */
  readonly sha256: string;
  readonly sampleRate: number;
  readonly channels: number;
  readonly bitsPerSample: number;
  readonly seconds: number;
}

interface HeldCall {
  readonly call: SpeechCall;
  readonly answer: () => void;
}

/**
 * A local server that speaks `POST /v1/audio/transcriptions` as OpenAI does. It hears bursts of tones, says the
 * frequency of each, and misbehaves as it is told.
 */
export class SpeechStub {
  readonly calls: SpeechCall[] = [];
  abandonedCalls = 0;
  /** Statuses that the next calls are answered with instead. */
  readonly failures: number[] = [];
  /** Most calls at the same time so far. */
  mostAtOnce = 0;
  /** Body of all answers, instead of what is heard. */
  answer: unknown = null;
  private atOnce = 0;
  private readonly events = new EventEmitter();
  private held: HeldCall[] | null = null;
  private isAnswered: (heard: string) => boolean = () => false;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<SpeechStub> {
    const server = createServer();
    const stub = new SpeechStub(server);
    server.on('request', (request, response) => {
      stub.handle(request, response).catch(() => response.destroy());
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return stub;
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
  }

  /** Answers nothing until the returned function is called, but for calls in which this is heard. */
  hold(isAnswered: (heard: string) => boolean = () => false): () => void {
    const held: HeldCall[] = [];
    this.held = held;
    this.isAnswered = isAnswered;
    return () => {
      this.held = null;
      for (const { answer } of held) answer();
    };
  }

  /** Those that wait for their answer. */
  get heldCalls(): SpeechCall[] {
    return (this.held ?? []).map(({ call }) => call);
  }

  async untilCalled(count = 1): Promise<void> {
    while (this.calls.length < count) await once(this.events, 'call');
  }

  async untilAbandoned(count = 1): Promise<void> {
    while (this.abandonedCalls < count) await once(this.events, 'abandoned');
  }

  reset(): void {
    this.calls.length = 0;
    this.failures.length = 0;
    this.abandonedCalls = 0;
    this.mostAtOnce = 0;
    this.answer = null;
  }

  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.atOnce += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.atOnce);
    response.on('close', () => {
      this.atOnce -= 1;
      if (response.writableFinished) return;
      this.abandonedCalls += 1;
      this.events.emit('abandoned');
    });
    if (request.url !== '/v1/audio/transcriptions') {
      send(response, 404, { error: { message: 'no such route' } });
      return;
    }
    const { call, samples } = await readCall(request);
    this.calls.push(call);
    this.events.emit('call');
    if (this.held && !this.isAnswered(textOf(findBursts(samples, call.sampleRate)))) {
      await new Promise<void>((answer) => this.held?.push({ call, answer }));
    }
    const status = this.failures.shift();
    if (status !== undefined) send(response, status, { error: { message: 'stub', code: null } });
    else send(response, 200, this.answer ?? answerTo(call, samples));
  }
}

async function readCall(request: IncomingMessage) {
  const sent = new Request('http://stub', {
    method: 'POST',
    headers: { 'content-type': request.headers['content-type'] ?? '' },
    body: Readable.toWeb(request) as ReadableStream,
    duplex: 'half',
  });
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- no hostile forms come to a stub
  const form = await sent.formData();
  const file = form.get('file') as File;
  const bytes = Buffer.from(await file.arrayBuffer());
  const { samples, ...format } = readWav(bytes);
  const texts = [...form].filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const call: SpeechCall = {
    fields: Object.fromEntries(texts),
    fileName: file.name,
    mediaType: file.type,
    headers: request.headers,
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    ...format,
    seconds: samples.length / format.sampleRate,
  };
  return { call, samples };
}

function textOf(bursts: readonly Burst[]): string {
  return bursts.map(({ frequency }) => `f${frequency}`).join(' ');
}

/** As `whisper-1` does for `verbose_json`, and as the others do for `json`. */
function answerTo({ fields, seconds, sampleRate }: SpeechCall, samples: Int16Array): unknown {
  const bursts = findBursts(samples, sampleRate);
  const text = textOf(bursts);
  if (fields['response_format'] !== 'verbose_json') {
    return { text, usage: { type: 'tokens', input_tokens: 10, output_tokens: 2, total_tokens: 12 } };
  }
  const timed = bursts.map(({ start, end, frequency }) => ({ start, end, text: ` f${frequency}` }));
  const wantsWords = fields['timestamp_granularities[]'] === 'word';
  return {
    task: 'transcribe',
    language: 'english',
    duration: seconds,
    text,
    segments: timed.map((segment, id) => ({ id, ...segment })),
    ...(wantsWords && {
      words: timed.map(({ start, end, text: word }) => ({ start, end, word: word.trim() })),
    }),
    usage: { type: 'duration', seconds: Math.ceil(seconds) },
  };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

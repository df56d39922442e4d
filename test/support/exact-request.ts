import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';

/** Longest that any answer may take. */
const LIMIT_MS = 20_000;

export interface ExactAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
}

export interface ExactRequest {
  readonly method?: string;
  readonly path: string;
  readonly body?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Sends the path and the headers as they are: `fetch` would tidy up the path, and refuse a body with GET.
 * A body is JSON unless the headers say otherwise.
 */
export function exactRequest(
  url: string,
  { method = 'GET', path, body, headers }: ExactRequest,
): Promise<ExactAnswer> {
  const { hostname, port } = new URL(url);
  const isChunked = headers !== undefined && 'transfer-encoding' in headers;
  const bodyHeaders = body !== undefined && {
    'content-type': 'application/json',
    ...(!isChunked && { 'content-length': String(Buffer.byteLength(body)) }),
  };
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        hostname,
        port,
        method,
        path,
        headers: { ...bodyHeaders, ...headers },
        signal: AbortSignal.timeout(LIMIT_MS),
      },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          const entries = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
          resolve({
            status: response.statusCode ?? 0,
            headers: Object.fromEntries(entries) as ExactAnswer['headers'],
            text: Buffer.concat(parts).toString(),
          });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** The JSON object in an answer. */
export function bodyOf(answer: ExactAnswer): Record<string, unknown> {
  return JSON.parse(answer.text) as Record<string, unknown>;
}

/** Sends bytes that need not be HTTP, and reads until the service hangs up. */
export async function sendBytes(url: string, bytes: string | Buffer): Promise<ExactAnswer> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), signal: AbortSignal.timeout(LIMIT_MS) });
  socket.end(bytes);
  const parts: Buffer[] = [];
  for await (const part of socket) parts.push(part as Buffer);
  return parseAnswer(Buffer.concat(parts).toString());
}

/** What is answered to the head of a POST alone, while its body doesn't come. */
export async function announceOnly(
  url: string,
  path: string,
  headers: Record<string, string>,
): Promise<ExactAnswer> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), signal: AbortSignal.timeout(LIMIT_MS) });
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\n${lines.join('\r\n')}\r\n\r\n`);
  const [answer] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return parseAnswer(answer.toString());
}

/** Of several answers, the last: what comes before it answers what came before the nonsense. */
export function parseAnswer(text: string): ExactAnswer {
  const [answer = ''] = text.split(/(?=HTTP\/1\.1 \d{3} )/u).slice(-1);
  const [head = '', ...body] = answer.split('\r\n\r\n');
  const [statusLine = '', ...lines] = head.split('\r\n');
  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return {
    status: Number(statusLine.split(' ')[1]),
    headers: Object.fromEntries(headers) as ExactAnswer['headers'],
    text: body.join('\r\n\r\n'),
  };
}

import { connect, type Socket } from 'node:net';
import { once } from 'node:events';

/** A request as bytes, from its request line to the end of its body. */
export type RawRequest = Buffer;

/** Called with the status of the answer, or 0 where there was none. */
type OnAnswer = (status: number) => void;

const HEAD_END = '\r\n\r\n';
const CONTENT_LENGTH = /\r\ncontent-length: (\d+)/iu;
const STATUS_AT = 'HTTP/1.1 '.length;

/**
 * A connection that is kept, for one request at a time. It knows just enough of HTTP/1.1 for answers of a known length,
 * and costs a quarter of a whole client: what makes the load must not be what is measured.
 */
export class RawConnection {
  private onAnswer: OnAnswer | null = null;
  private head = '';
  private status = 0;
  /** Bytes of the answer's body that have not come yet; null while its head has not. */
  private missing: number | null = null;

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.on('data', (chunk) => {
      this.read(chunk);
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.finish(0);
    });
  }

  /** Opens one and asks for the service's health, so that it is kept as one that is used. */
  static async open(url: string): Promise<RawConnection> {
    const { hostname, port } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port) });
    await once(socket, 'connect');
    const connection = new RawConnection(socket);
    await new Promise((resolve) => {
      connection.send(rawRequest(url, { method: 'GET', path: '/health' }), resolve);
    });
    return connection;
  }

  get isClosed(): boolean {
    return this.socket.destroyed || !this.socket.writable;
  }

  send(request: RawRequest, onAnswer: OnAnswer): void {
    if (this.isClosed) {
      setImmediate(onAnswer, 0);
      return;
    }
    this.onAnswer = onAnswer;
    this.socket.write(request);
  }

  close(): void {
    this.socket.destroy();
  }

  private read(chunk: Buffer): void {
    let bodyBytes = chunk.length;
    if (this.missing === null) {
      const before = this.head.length;
      this.head += chunk.toString('latin1');
      const end = this.head.indexOf(HEAD_END);
      if (end < 0) return;
      this.readHead(this.head.slice(0, end));
      bodyBytes = chunk.length - (end + HEAD_END.length - before);
      this.head = '';
    }
    this.missing = (this.missing ?? 0) - bodyBytes;
    if (this.missing <= 0) this.finish(this.status);
  }

  private readHead(head: string): void {
    const [, length] = CONTENT_LENGTH.exec(head) ?? [];
    if (length === undefined) throw new Error(`An answer of unknown length: ${head}`);
    this.status = Number(head.slice(STATUS_AT, STATUS_AT + 3));
    this.missing = Number(length);
  }

  private finish(status: number): void {
    const { onAnswer } = this;
    this.onAnswer = null;
    this.missing = null;
    onAnswer?.(status);
  }
}

/** Puts a request into bytes. */
export function rawRequest(
  url: string,
  { method, path, body = '' }: { readonly method: string; readonly path: string; readonly body?: string },
): RawRequest {
  const head = [
    `${method} ${path} HTTP/1.1`,
    `Host: ${new URL(url).host}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ].join('\r\n');
  return Buffer.from(head + HEAD_END + body);
}

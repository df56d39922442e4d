/** What a service answered. */
export interface JsonAnswer<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

/** Far beyond what any request takes, and less than a test has. */
const TIMEOUT_MS = 40_000;

/** A small HTTP client that sends and reads JSON. */
export class JsonClient {
  constructor(private readonly url: string) {}

  get<Body = Record<string, unknown>>(path: string): Promise<JsonAnswer<Body>> {
    return this.send<Body>('GET', path);
  }

  post<Body = Record<string, unknown>>(path: string, body: unknown): Promise<JsonAnswer<Body>> {
    return this.send<Body>('POST', path, JSON.stringify(body));
  }

  delete<Body = Record<string, unknown>>(path: string): Promise<JsonAnswer<Body>> {
    return this.send<Body>('DELETE', path);
  }

  /** Sends the text as it is, as JSON or as what the headers say. */
  async send<Body = Record<string, unknown>>(
    method: string,
    path: string,
    text?: string,
    headers: Record<string, string> = {},
  ): Promise<JsonAnswer<Body>> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { ...(text !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(text !== undefined && { body: text }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const body = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: (body === '' ? null : JSON.parse(body)) as Body,
    };
  }
}

import type { Readable } from 'node:stream';
import type { Agent } from 'undici';
import { encodeForm } from './multipart-body.js';

const BODILESS_STATUSES: ReadonlySet<number> = new Set([204, 205, 304]);

/** The part of `fetch` that provider SDKs use. */
export type SdkFetch = (url: string | URL | Request, init?: RequestInit) => Promise<Response>;

/**
 * A `fetch` for provider SDKs on a keep-alive connection pool. It leaves out what they don't need (redirects,
 * compression, cookies, caching) and takes less than half of the processor time of the built-in one.
 */
export function pooledFetch(agent: Agent): SdkFetch {
  return async (url, init = {}) => {
    const { origin, pathname, search } = new URL(url instanceof Request ? url.url : url);
    const sent = encodeBody(init.body);
    const { statusCode, headers, body } = await agent.request({
      origin,
      path: pathname + search,
      method: init.method ?? 'GET',
      headers: { ...Object.fromEntries(new Headers(init.headers)), ...sent.headers },
      body: sent.body,
      signal: init.signal ?? null,
    });
    const isBodiless = BODILESS_STATUSES.has(statusCode);
    if (isBodiless) await body.dump();
    return new Response(isBodiless ? null : body.body, {
      status: statusCode,
      headers: toPairs(headers),
    });
  };
}

interface EncodedBody {
  readonly body: string | Readable | null;
  readonly headers: Readonly<Record<string, string>>;
}

function encodeBody(body: RequestInit['body']): EncodedBody {
  if (body === null || body === undefined) return { body: null, headers: {} };
  if (typeof body === 'string') return { body, headers: {} };
  if (!(body instanceof FormData)) throw new TypeError('Only text and forms are sent through this pool.');
  const { contentType, length, content } = encodeForm(body);
  return { body: content, headers: { 'content-type': contentType, 'content-length': String(length) } };
}

function toPairs(headers: Readonly<Record<string, string | string[] | undefined>>): [string, string][] {
  return Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((one): [string, string] => [name, one]),
  );
}

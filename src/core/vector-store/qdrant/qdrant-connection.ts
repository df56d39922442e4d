import { QdrantClient } from '@qdrant/js-client-rest';
import { NotConfiguredError } from '../../../common/errors/not-configured.error.js';
import { UnavailableError } from '../../../common/errors/unavailable.error.js';
import type { QdrantConfig } from '../../../config/settings/vector-store.settings.js';

export type QdrantApi = ReturnType<QdrantClient['api']>;

const DEFAULT_PORT = 6333;
const MAX_CONNECTIONS = 64;

/** Calls Qdrant with a limit on time, and says in our own errors what went wrong. */
export class QdrantConnection {
  /** What reading calls ask for besides: with copies of shards, that a write which was acknowledged is seen. */
  readonly reading: { readonly consistency?: 'majority' };
  private readonly api: QdrantApi;
  private readonly timeoutMs: number;

  constructor({ url, apiKey, timeoutMs, creation }: QdrantConfig) {
    const { protocol, hostname, port, pathname } = new URL(url);
    this.timeoutMs = timeoutMs;
    this.reading = creation.replicationFactor > 1 ? { consistency: 'majority' } : {};
    this.api = new QdrantClient({
      host: hostname,
      https: protocol === 'https:',
      port: port === '' ? DEFAULT_PORT : Number(port),
      prefix: pathname.replace(/\/+$/u, ''),
      // As a header, because the client prints a warning of its own about a key on a plain connection.
      headers: apiKey === null ? {} : { 'api-key': apiKey.reveal() },
      // The client's own limit would displace the signal of the call.
      timeout: Infinity,
      checkCompatibility: false,
      maxConnections: MAX_CONNECTIONS,
    }).api();
  }

  /**
   * @param signal ends the call early
   * @throws UnavailableError when Qdrant is down, slow or overloaded
   * @throws NotConfiguredError when it refuses the key
   */
  async call<T>(
    work: (
      api: QdrantApi,
      init: { readonly signal: AbortSignal },
    ) => Promise<{ readonly data: { result?: T } }>,
    signal?: AbortSignal,
  ): Promise<T> {
    const limit = AbortSignal.timeout(this.timeoutMs);
    try {
      const { data } = await work(this.api, {
        signal: signal === undefined ? limit : AbortSignal.any([limit, signal]),
      });
      if (data.result === undefined || data.result === null) throw unavailable(new Error('no result'));
      return data.result;
    } catch (error) {
      signal?.throwIfAborted();
      throw translate(error);
    }
  }

  /** @throws as `call` does */
  async ping(): Promise<void> {
    await this.call(async (api, init) => {
      await api.getCollections({}, init);
      return { data: { result: true } };
    });
  }
}

/** Status that Qdrant answered with; null for an error of another kind. */
export function statusOf(error: unknown): number | null {
  if (typeof error !== 'object' || error === null) return null;
  if ('status' in error && typeof error.status === 'number') return error.status;
  return 'cause' in error ? statusOf(error.cause) : null;
}

function translate(error: unknown): unknown {
  const status = statusOf(error);
  if (status === 401 || status === 403) {
    return new NotConfiguredError(
      'Qdrant refuses the key; set QDRANT_API_KEY to one that may read and write.',
      {
        cause: error,
      },
    );
  }
  // Without a status it never answered. What it calls a wrong request is a mistake of ours.
  if (status === null || status === 404 || status === 408 || status === 429 || status >= 500) {
    return unavailable(error);
  }
  return new Error(`Qdrant refused a request with ${status}`, { cause: error });
}

function unavailable(cause: unknown): UnavailableError {
  if (cause instanceof UnavailableError) return cause;
  return new UnavailableError(
    'The vector store at QDRANT_URL is not available right now; try again in a moment.',
    { cause },
  );
}

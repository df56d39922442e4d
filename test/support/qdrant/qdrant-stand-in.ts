import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { send, textOf } from '../stub-http.js';
import type { Payload, QdrantFilter } from './payload-filter.js';
import { type BodyKind, bodyChecker } from './schemas.js';
import {
  type PayloadSelector,
  type Point,
  type Search,
  select,
  StoredCollection,
  WrongRequest,
} from './stored-collection.js';

interface Bodies {
  readonly createCollection: {
    readonly vectors: Record<string, { readonly size: number }>;
    readonly sparse_vectors?: object;
  };
  readonly createIndex: { readonly field_name: string; readonly field_schema: unknown };
  readonly upsert: { readonly points: Point[] };
  readonly queryBatch: { readonly searches: Search[] };
  readonly scroll: {
    readonly filter?: QdrantFilter;
    readonly limit?: number;
    readonly offset?: string | null;
    readonly with_payload?: PayloadSelector;
    readonly with_vector?: boolean | string[];
  };
  readonly retrieve: { readonly ids: string[]; readonly with_payload?: PayloadSelector };
  readonly setPayload: { readonly payload: Payload; readonly filter: QdrantFilter };
  readonly delete: { readonly filter: QdrantFilter };
}

type Handler = (collection: string, body: unknown) => unknown;

/**
 * Stands in for a Qdrant server where there is none: the endpoints that the service uses, with bodies checked more
 * strictly than Qdrant does, exact search, and all in memory.
 */
export class QdrantStandIn {
  /** Method and path of every request. */
  readonly calls: string[] = [];
  /** Never answers while this is set. */
  isStalled = false;
  private readonly collections = new Map<string, StoredCollection>();
  private readonly check = bodyChecker();

  private constructor(
    private readonly server: Server,
    private readonly apiKey: string | null,
  ) {}

  static async start(apiKey: string | null = null): Promise<QdrantStandIn> {
    const server = createServer();
    const standIn = new QdrantStandIn(server, apiKey);
    server.on('request', (request, response) => void standIn.handle(request, response));
    await standIn.listen(0);
    return standIn;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Points of a collection; 0 where there is none. */
  count(collection: string): number {
    return this.collections.get(collection)?.count ?? 0;
  }

  /** Refuses connections, with all that it knows kept. @returns what lets it listen again at the same address */
  async goDown(): Promise<() => Promise<void>> {
    const { port } = this.server.address() as AddressInfo;
    await this.close();
    return () => this.listen(port);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private listen(port: number): Promise<void> {
    return new Promise((resolve) => {
      this.server.listen(port, '127.0.0.1', resolve);
    });
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://stand-in');
    this.calls.push(`${request.method} ${pathname}`);
    const text = await textOf(request);
    if (this.isStalled) return;
    if (this.apiKey !== null && request.headers['api-key'] !== this.apiKey) {
      send(response, 401, 'Must provide an API key or an Authorization bearer token', {
        'content-type': 'text/plain',
      });
      return;
    }
    try {
      const result = this.answer(request.method ?? '', pathname, text);
      if (result === undefined) send(response, 404, { status: { error: 'Not found' }, time: 0 });
      else send(response, 200, { result, status: 'ok', time: 0.001 });
    } catch (error) {
      send(response, statusOf(error), { status: { error: String(error) }, time: 0 });
    }
  }

  private answer(method: string, path: string, text: string): unknown {
    if (path === '/collections')
      return { collections: [...this.collections.keys()].map((name) => ({ name })) };
    const [, root, name = '', ...rest] = path.split('/').map(decodeURIComponent);
    if (root !== 'collections') return undefined;
    const handler = this.handlers()[`${method} ${rest.join('/')}`];
    return handler?.(name, text === '' ? undefined : JSON.parse(text));
  }

  private handlers(): Record<string, Handler> {
    return {
      'GET exists': (name) => ({ exists: this.collections.has(name) }),
      'GET ': (name) => this.info(name),
      'PUT ': (name, body) => this.create(name, this.read('createCollection', body)),
      'PUT index': (name, body) => {
        const { field_name, field_schema } = this.read('createIndex', body);
        this.find(name).indexes.set(field_name, field_schema);
        return updated();
      },
      'PUT points': (name, body) => {
        this.find(name).upsert(this.read('upsert', body).points);
        return updated();
      },
      'POST points': (name, body) => {
        const { ids, with_payload: selector = true } = this.read('retrieve', body);
        return this.find(name)
          .get(ids)
          .map(({ id, payload }) => ({ id, payload: select(payload, selector) }));
      },
      'POST points/query/batch': (name, body) => {
        const collection = this.find(name);
        return this.read('queryBatch', body).searches.map((search) => collection.search(search));
      },
      'POST points/scroll': (name, body) => this.scroll(name, this.read('scroll', body)),
      'POST points/payload': (name, body) => {
        const { payload, filter } = this.read('setPayload', body);
        this.find(name).setPayload(filter, payload);
        return updated();
      },
      'POST points/delete': (name, body) => {
        this.find(name).delete(this.read('delete', body).filter);
        return updated();
      },
    };
  }

  private create(name: string, { vectors, sparse_vectors: sparse = {} }: Bodies['createCollection']): true {
    if (this.collections.has(name))
      throw new AlreadyThere(`Wrong input: Collection \`${name}\` already exists!`);
    const sizes = new Map(Object.entries(vectors).map(([vector, { size }]) => [vector, size]));
    this.collections.set(name, new StoredCollection(sizes, new Set(Object.keys(sparse))));
    return true;
  }

  private scroll(name: string, body: Bodies['scroll']) {
    const { filter, limit = 10, offset, with_payload: selector = true, with_vector: vectors = false } = body;
    const { points, next } = this.find(name).scroll(filter, limit, offset);
    return {
      points: points.map(({ id, payload, vector }) => ({
        id,
        payload: select(payload, selector),
        ...(vectors !== false && { vector: chosen(vector, vectors) }),
      })),
      next_page_offset: next,
    };
  }

  private info(name: string) {
    const { count } = this.find(name);
    return {
      status: 'green',
      optimizer_status: 'ok',
      points_count: count,
      indexed_vectors_count: 0,
      segments_count: 1,
    };
  }

  private find(name: string): StoredCollection {
    const collection = this.collections.get(name);
    if (collection === undefined) throw new NotFound(`Not found: Collection \`${name}\` doesn't exist!`);
    return collection;
  }

  private read<Kind extends BodyKind>(kind: Kind, body: unknown): Bodies[Kind] {
    const problem = this.check(kind, body);
    if (problem !== null) throw new WrongRequest(`Format error in JSON body: ${problem}`);
    return body as Bodies[Kind];
  }
}

/** A collection that doesn't exist. */
class NotFound extends Error {}

/** A collection that exists. */
class AlreadyThere extends Error {}

function statusOf(error: unknown): number {
  if (error instanceof NotFound) return 404;
  if (error instanceof AlreadyThere) return 409;
  return error instanceof WrongRequest ? 400 : 500;
}

function updated() {
  return { operation_id: 1, status: 'completed' };
}

function chosen(vector: Point['vector'], names: true | string[]): Point['vector'] {
  if (names === true) return vector;
  return Object.fromEntries(Object.entries(vector).filter(([name]) => names.includes(name)));
}

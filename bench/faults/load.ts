import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { indexing, markOf, sampleDocument } from '../../test/support/sample-documents.js';
import { seededRandom } from '../../test/support/mixed-workload.js';

export const COLLECTION = 'faults';
/** Texts that are embedded again and again, so that the cache is asked for what it has. */
const KNOWN_TEXTS = 100;
const TIMEOUT_MS = 40_000;

export type Kind = 'index' | 'search' | 'embed' | 'generate' | 'list' | 'scale' | 'health';

/** One request and what became of it. */
export interface Observation {
  readonly kind: Kind;
  /** When it was due, in milliseconds since the load began. */
  readonly at: number;
  readonly milliseconds: number;
  /** Null when the connection failed. */
  readonly status: number | null;
  /** What a failed connection failed by. */
  readonly error: string | null;
}

interface Call {
  readonly kind: Kind;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: object;
  /** Id of the document that is stored once it is answered with 200. */
  readonly stores?: string;
}

/**
 * Requests at a fixed rate, however long their answers take: a client that waits for slow answers would hide them.
 * A fifth indexes a document of its own, a fifth needs the chat provider or its embeddings, the rest reads.
 */
export class Load {
  readonly observations: Observation[] = [];
  /** Ids of the documents whose storing was acknowledged. */
  readonly acknowledged: string[] = [];
  private readonly agent = new Agent({ connections: 256, keepAliveTimeout: 4_000 });
  private readonly random = seededRandom(7);
  private startedAt = 0;

  /** @param target base address of the service that takes the next request */
  constructor(
    private readonly requestsPerSecond: number,
    private readonly target: () => string,
  ) {}

  /** Where the next request would go. */
  get address(): string {
    return this.target();
  }

  /** Milliseconds since the load began. */
  get now(): number {
    return performance.now() - this.startedAt;
  }

  async run(seconds: number): Promise<void> {
    this.startedAt = performance.now();
    const total = seconds * this.requestsPerSecond;
    const pending: Promise<void>[] = [];
    for (let index = 0; index < total; index += 1) {
      const due = (index / this.requestsPerSecond) * 1000;
      if (due > this.now) await sleep(due - this.now);
      pending.push(this.observe(this.nextCall(index), due));
    }
    await Promise.all(pending);
    await this.agent.destroy();
  }

  private async observe(call: Call, at: number): Promise<void> {
    const startedAt = performance.now();
    try {
      const { statusCode, body } = await request(`${this.target()}${call.path}`, {
        method: call.method,
        dispatcher: this.agent,
        headersTimeout: TIMEOUT_MS,
        bodyTimeout: TIMEOUT_MS,
        ...(call.body && {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(call.body),
        }),
      });
      await body.dump();
      if (statusCode === 200 && call.stores !== undefined) this.acknowledged.push(call.stores);
      this.note(call, at, startedAt, { status: statusCode, error: null });
    } catch (error) {
      const { code, message } = error as Error & { code?: string };
      this.note(call, at, startedAt, { status: null, error: code ?? message });
    }
  }

  private note(
    { kind }: Call,
    at: number,
    startedAt: number,
    outcome: { status: number | null; error: string | null },
  ): void {
    this.observations.push({ kind, at, milliseconds: performance.now() - startedAt, ...outcome });
  }

  private nextCall(index: number): Call {
    const dice = this.random();
    const post = (kind: Kind, path: string, body: object): Call => ({ kind, method: 'POST', path, body });
    if (dice < 0.2) {
      const id = `document-${index}`;
      return {
        ...post('index', '/api/v1/rag/index', indexing(COLLECTION, [sampleDocument(id)])),
        stores: id,
      };
    }
    if (dice < 0.5) {
      const query = markOf(`document-${Math.floor(this.random() * index)}`);
      return post('search', '/api/v1/rag/search', { collection: COLLECTION, query });
    }
    if (dice < 0.65) {
      const text = `Text ${this.random() < 0.5 ? index + KNOWN_TEXTS : Math.floor(this.random() * KNOWN_TEXTS)}`;
      return post('embed', '/api/v1/embeddings/generate', { text, model: 'text-embedding-3-small' });
    }
    if (dice < 0.75) return post('generate', '/api/v1/analysis/generate', { prompt: `Question ${index}` });
    if (dice < 0.85) return { kind: 'list', method: 'GET', path: '/api/v1/rag/collections' };
    if (dice < 0.92) return { kind: 'scale', method: 'GET', path: '/api/v1/complexity/scale' };
    return { kind: 'health', method: 'GET', path: '/health' };
  }
}

import type { JsonClient } from './json-client.js';
import { indexing, markOf, sampleDocument } from './sample-documents.js';

const MODES = ['hybrid', 'dense', 'keyword'] as const;
const SHARED_DOCUMENTS = 12;
const DOCUMENTS_OF_OWN = 8;
const LATEST_VERSION = 4;

/** What a client does in one request. */
export type Kind =
  | 'index own'
  | 'index shared'
  | 'index again'
  | `search ${(typeof MODES)[number]}`
  | 'look up'
  | 'list'
  | 'delete';

/** One request and what came of it. */
export interface Observation {
  readonly kind: Kind;
  readonly status: number;
  readonly milliseconds: number;
  /** What was wrong with the answer; null when nothing was. */
  readonly problem: string | null;
}

interface Hit {
  readonly document_id: string;
  readonly chunk_index: number;
  readonly text: string;
  readonly title: string;
  readonly metadata: { readonly version: number };
}

/** A source of numbers in [0, 1) that gives the same ones for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Ids of the documents that all clients write, and that nobody deletes. */
export const SHARED_IDS = Array.from({ length: SHARED_DOCUMENTS }, (_, index) => `shared-${index}`);

/**
 * A client that writes, reads and deletes at random: documents that all write, and others that only it does and so
 * knows of whether they are stored.
 */
export class MixedClient {
  /** Version of each of its own documents that is stored. */
  readonly stored = new Map<string, number>();

  constructor(
    private readonly client: JsonClient,
    private readonly collection: string,
    private readonly name: string,
    private readonly random: () => number,
  ) {}

  /** Makes one request. */
  step(): Promise<Observation> {
    const dice = this.random();
    if (dice < 0.2) return this.indexOwn();
    if (dice < 0.32) return this.indexShared();
    if (dice < 0.4) return this.indexAgain();
    if (dice < 0.8) return this.search(this.pick(MODES));
    if (dice < 0.88) return this.lookUp();
    return dice < 0.93 ? this.list() : this.delete();
  }

  private async indexOwn(): Promise<Observation> {
    const version = this.version();
    const ids = [...new Set([this.ownId(), this.ownId()])];
    const documents = ids.map((id) => sampleDocument(id, version));
    const changed = ids.filter((id) => this.stored.get(id) !== version).length;
    const observation = await this.send(
      'index own',
      'POST',
      '/index',
      indexing(this.collection, documents),
      (body) =>
        body['indexed'] === changed ? null : `indexed ${String(body['indexed'])} instead of ${changed}`,
    );
    for (const id of ids) this.stored.set(id, version);
    return observation;
  }

  private indexShared(): Promise<Observation> {
    const first = Math.floor(this.random() * (SHARED_DOCUMENTS - 3));
    const documents = SHARED_IDS.slice(first, first + 3).map((id) => sampleDocument(id, this.version()));
    return this.send('index shared', 'POST', '/index', indexing(this.collection, documents));
  }

  private indexAgain(): Promise<Observation> {
    const [known] = this.stored;
    if (known === undefined) return this.indexOwn();
    const body = indexing(this.collection, [sampleDocument(...known)]);
    return this.send('index again', 'POST', '/index', body, ({ unchanged }) =>
      unchanged === 1 ? null : 'a document that had not changed was indexed again',
    );
  }

  private search(mode: (typeof MODES)[number]): Promise<Observation> {
    const query = `${markOf(this.pick(SHARED_IDS))} version v${this.version()} glacier`;
    const body = { collection: this.collection, query, mode, limit: 10 };
    return this.send(`search ${mode}`, 'POST', '/search', body, ({ results }) =>
      problemWith(results as Hit[]),
    );
  }

  private lookUp(): Promise<Observation> {
    const id = this.pick(SHARED_IDS);
    const path = `/collection/${this.collection}/documents/${id}`;
    return this.send('look up', 'GET', path, undefined, ({ chunks, metadata }) => {
      const { version } = metadata as { version: number };
      const texts = (chunks as { text: string }[]).map(({ text }) => text);
      return texts.join('\n\n') === sampleDocument(id, version).text ? null : `${id} is not whole`;
    });
  }

  private list(): Promise<Observation> {
    const path = `/collection/${this.collection}/documents?limit=1000`;
    return this.send('list', 'GET', path, undefined, ({ documents }) => {
      const ids = new Set((documents as { id: string }[]).map(({ id }) => id));
      if (ids.size !== (documents as unknown[]).length) return 'a document is listed twice';
      const lost = [...this.stored.keys(), ...SHARED_IDS].find((id) => !ids.has(id));
      return lost === undefined ? null : `${lost} is not listed`;
    });
  }

  private async delete(): Promise<Observation> {
    const [id] = this.stored.keys();
    if (id === undefined) return this.indexOwn();
    this.stored.delete(id);
    return this.send('delete', 'DELETE', `/collection/${this.collection}/documents/${id}`);
  }

  private async send(
    kind: Kind,
    method: string,
    path: string,
    body?: object,
    check: (answer: Record<string, unknown>) => string | null = () => null,
  ): Promise<Observation> {
    const startedAt = performance.now();
    const text = body === undefined ? undefined : JSON.stringify(body);
    const answer = await this.client.send(method, `/api/v1/rag${path}`, text);
    const milliseconds = performance.now() - startedAt;
    const problem = answer.status === 200 ? check(answer.body) : JSON.stringify(answer.body);
    return { kind, status: answer.status, milliseconds, problem };
  }

  private version(): number {
    return 1 + Math.floor(this.random() * LATEST_VERSION);
  }

  private ownId(): string {
    return `${this.name}-${Math.floor(this.random() * DOCUMENTS_OF_OWN)}`;
  }

  private pick<T>(items: readonly [T, ...T[]] | readonly T[]): T {
    const item = items[Math.floor(this.random() * items.length)];
    if (item === undefined) throw new RangeError('There is nothing to pick from.');
    return item;
  }
}

/** A hit has to be what its document's version says in that place, and no place may be found twice. */
function problemWith(hits: readonly Hit[]): string | null {
  const places = new Set(hits.map(({ document_id, chunk_index }) => `${document_id}#${chunk_index}`));
  if (places.size !== hits.length) return 'a chunk is found twice';
  const wrong = hits.find(({ document_id, chunk_index, text, title, metadata }) => {
    const sent = sampleDocument(document_id, metadata.version);
    return sent.text.split('\n\n')[chunk_index] !== text || sent.title !== title;
  });
  return wrong === undefined ? null : `${wrong.document_id}#${wrong.chunk_index} mixes two versions`;
}

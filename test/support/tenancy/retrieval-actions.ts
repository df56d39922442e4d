import { collectionAt, form, indexBody, placeAt } from './documents.js';
import { type Action, pick, type TenantActor, wordAt } from './tenant-actor.js';

const EMBEDDING = { model: 'local-lexical', dimensions: 64 };
const MODES = ['dense', 'hybrid', 'keyword'];

const rag = (path: string) => `/api/v1/rag${path}`;

interface Listed {
  readonly collections: readonly { readonly name: string; readonly documents: number }[];
  readonly total: number;
}

/** What is done with collections, documents and embeddings. */
export const RETRIEVAL_ACTIONS = {
  async index(actor, choice) {
    await actor.get({
      method: 'POST',
      path: rag('/index'),
      json: indexBody(actor, placeAt(choice), choice.c),
    });
    actor.noteDocument(placeAt(choice));
  },
  async indexFile(actor, choice) {
    await actor.get({ method: 'POST', path: rag('/index/file'), ...form(actor, placeAt(choice), choice.c) });
    actor.noteDocument(placeAt(choice));
  },
  async search(actor, { a, b, c }) {
    const collection = collectionAt(a);
    const ids = actor.collections.get(collection);
    const json = { query: 'report', collection, mode: pick(MODES, b), limit: 100, min_score: 0 };
    const filter = pick([undefined, { owner: actor.mark }, { owner: actor.other.mark }], c);
    const call = { method: 'POST', path: rag('/search'), json: { ...json, ...(filter && { filter }) } };
    const { results = [] } = await actor.get<{ results?: { document_id: string; text: string }[] }>(
      call,
      ids === undefined ? 404 : 200,
    );
    for (const { text } of results) expect(text).toContain(actor.mark);
    const found = [...new Set(results.map(({ document_id: id }) => id))].sort();
    expect(found).toEqual(filter?.owner === actor.other.mark ? [] : [...(ids ?? [])].sort());
  },
  async query(actor, { a, b }) {
    const collection = collectionAt(a);
    const json = {
      query: `What is the report about the ${wordAt(b)}?`,
      collection,
      model: 'local-extractive',
    };
    const status = actor.collections.has(collection) ? 200 : 404;
    const { sources = [] } = await actor.get<{ sources?: { text: string }[] }>(
      { method: 'POST', path: rag('/query'), json },
      status,
    );
    for (const { text } of sources) expect(text).toContain(actor.mark);
  },
  async listCollections(actor) {
    const { collections, total } = await actor.get<Listed>({ path: rag('/collections?limit=100') });
    expect([total, sizes(collections)]).toEqual([actor.collections.size, expectedSizes(actor)]);
  },
  async statistics(actor) {
    const stats = await actor.get<Listed & Record<string, number>>({ path: rag('/stats') });
    const documents = Object.values(expectedSizes(actor)).reduce((total, size) => total + size, 0);
    expect([stats['total_collections'], stats['total_documents']]).toEqual([
      actor.collections.size,
      documents,
    ]);
    expect(sizes(stats.collections)).toEqual(expectedSizes(actor));
  },
  async listDocuments(actor, { a }) {
    const collection = collectionAt(a);
    const ids = actor.collections.get(collection);
    const path = rag(`/collection/${collection}/documents?limit=100`);
    if (ids === undefined) {
      await actor.get({ path }, 404);
      return;
    }
    const { documents, total } = await actor.get<{ documents: { id: string }[]; total: number }>({ path });
    expect([total, documents.map(({ id }) => id)]).toEqual([ids.size, [...ids].sort()]);
  },
  async findDocument(actor, choice) {
    const { collection, id } = placeAt(choice);
    const isThere = actor.collections.get(collection)?.has(id) ?? false;
    const answer = await actor.get({ path: documentPath(collection, id) }, isThere ? 200 : 404);
    if (isThere) expect(JSON.stringify(answer)).toContain(actor.mark);
  },
  async deleteDocument(actor, choice) {
    const { collection, id } = placeAt(choice);
    const isThere = actor.collections.get(collection)?.delete(id) ?? false;
    await actor.get({ method: 'DELETE', path: documentPath(collection, id) }, isThere ? 200 : 404);
  },
  async deleteCollection(actor, { a, b }) {
    const collection = collectionAt(a);
    const ids = actor.collections.get(collection);
    const path = rag(`/collection/${collection}`);
    // Seldom, so that there is something to look at.
    if (b % 4 > 0) return;
    if (ids === undefined) {
      await actor.get({ method: 'DELETE', path }, 404);
      return;
    }
    const deleted = await actor.get<{ documents: number }>({ method: 'DELETE', path });
    expect(deleted.documents).toBe(ids.size);
    actor.collections.delete(collection);
  },
  async embed(actor, { a }) {
    const text = `A ${wordAt(a)} and a ${wordAt(a >> 3)}.`;
    const answer = await actor.get<{ cached: boolean }>({
      method: 'POST',
      path: '/api/v1/embeddings/generate',
      json: { text, ...EMBEDDING },
    });
    expect([text, answer.cached]).toEqual([text, actor.noteEmbedded(text)]);
  },
} satisfies Record<string, Action>;

function documentPath(collection: string, id: string): string {
  return rag(`/collection/${collection}/documents/${id}`);
}

function sizes(collections: Listed['collections']): Record<string, number> {
  return Object.fromEntries(collections.map(({ name, documents }) => [name, documents]));
}

function expectedSizes({ collections }: TenantActor): Record<string, number> {
  return Object.fromEntries([...collections].map(([name, ids]) => [name, ids.size]));
}

import { isDeepStrictEqual } from 'node:util';
import { collectionAt, documentAt, form, indexBody, type KnownDocument, placeAt } from './documents.js';
import { type Action, type Call, pick, type TenantActor } from './tenant-actor.js';

const rag = (path: string) => `/api/v1/rag${path}`;

interface Listed {
  readonly collections: readonly { readonly name: string; readonly documents: number }[];
  readonly total: number;
}

/** What is done with collections and documents. */
export const RETRIEVAL_ACTIONS = {
  async index(actor, choice) {
    const collection = collectionAt(choice.a);
    const document = documentAt(actor, choice, 'json');
    await index(actor, collection, document, { path: rag('/index'), json: indexBody(collection, document) });
  },
  async indexFile(actor, choice) {
    const collection = collectionAt(choice.a);
    const document = documentAt(actor, choice, 'file');
    await index(actor, collection, document, { path: rag('/index/file'), ...form(collection, document) });
  },
  async reembed(actor, { a, b }) {
    const collection = collectionAt(a);
    const documents = actor.collections.get(collection);
    const dimensions = pick([64, 128], b);
    const answer = await actor.get(
      { method: 'POST', path: rag(`/collection/${collection}/reembed`), json: { dimensions } },
      documents === undefined ? 404 : 200,
    );
    if (documents !== undefined) {
      expect(answer).toMatchObject({ dimensions, documents: documents.size, chunks: documents.size });
    }
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
    expect([total, documents.map(({ id }) => id)]).toEqual([ids.size, [...ids.keys()].sort()]);
  },
  async findDocument(actor, choice) {
    const { collection, id } = placeAt(choice);
    const known = actor.collections.get(collection)?.get(id);
    const answer = await actor.get({ path: documentPath(collection, id) }, known === undefined ? 404 : 200);
    if (known !== undefined) {
      expect(answer).toMatchObject({ metadata: known.metadata, chunks: [{ text: known.text }] });
    }
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
  /** Says that it is somebody else. */
  async pretend(actor, choice) {
    const { collection, id } = placeAt(choice);
    const [method, path] = pick(
      [
        ['GET', rag('/collections')],
        ['GET', documentPath(collection, id)],
        ['DELETE', documentPath(collection, id)],
        ['DELETE', rag(`/collection/${collection}`)],
        ['DELETE', '/api/v1/complexity/history?project=default'],
        ['GET', '/api/v1/jobs'],
      ] as const,
      choice.c,
    );
    await actor.get({ method, path, headers: actor.pretence.headers }, actor.pretence.status);
  },
} satisfies Record<string, Action>;

/** The same document again is unchanged, whoever else has it. */
async function index(
  actor: TenantActor,
  collection: string,
  document: KnownDocument,
  call: Omit<Call, 'method'>,
): Promise<void> {
  const known = actor.collections.get(collection)?.get(document.document_id);
  const unchanged = isDeepStrictEqual(known, document) ? 1 : 0;
  const answer = await actor.get({ method: 'POST', ...call });
  expect([document, answer]).toMatchObject([document, { indexed: 1 - unchanged, unchanged }]);
  actor.noteDocument(collection, document);
}

function documentPath(collection: string, id: string): string {
  return rag(`/collection/${collection}/documents/${id}`);
}

function sizes(collections: Listed['collections']): Record<string, number> {
  return Object.fromEntries(collections.map(({ name, documents }) => [name, documents]));
}

function expectedSizes({ collections }: TenantActor): Record<string, number> {
  return Object.fromEntries([...collections].map(([name, ids]) => [name, ids.size]));
}

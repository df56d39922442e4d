import type { JsonClient } from './json-client.js';

/** How the sample documents are cut: a paragraph each. */
export const SAMPLE_CHUNKING = { chunk_size: 120, chunk_overlap: 0 };
export const CHUNKS_PER_DOCUMENT = 5;

const TOPICS = ['harbour', 'orchard', 'glacier', 'viaduct', 'lantern', 'meadow', 'granite', 'compass'];

export interface SampleDocument {
  readonly id: string;
  readonly text: string;
  readonly title: string;
  readonly metadata: { readonly version: number };
}

interface DocumentAnswer {
  readonly chunk_count: number;
  readonly characters: number;
  readonly metadata: { readonly version: number };
  readonly chunks: readonly { readonly text: string }[];
}

interface Listing {
  readonly total: number;
  readonly documents: readonly { readonly id: string; readonly chunk_count: number }[];
}

interface CollectionListing {
  readonly collections: readonly {
    readonly name: string;
    readonly documents: number;
    readonly chunks: number;
  }[];
}

/** A word that no other document has, so that keyword search finds this one. */
export function markOf(id: string): string {
  return `mark${id.replaceAll(/[^a-z0-9]/gu, '')}`;
}

/** A document that is cut into `CHUNKS_PER_DOCUMENT` chunks, each of which tells its document and version. */
export function sampleDocument(id: string, version = 1): SampleDocument {
  const paragraphs = Array.from({ length: CHUNKS_PER_DOCUMENT }, (_, part) => {
    const topic = TOPICS[(part + version + id.length) % TOPICS.length] ?? '';
    return `Part ${part} of ${markOf(id)} version v${version} tells of the ${topic} and of what the people there do.`;
  });
  return { id, text: paragraphs.join('\n\n'), title: `About ${id}`, metadata: { version } };
}

/** Body of an index request. */
export function indexing(collection: string, documents: readonly SampleDocument[]) {
  return { collection, documents, ...SAMPLE_CHUNKING };
}

/** Ids of a collection's documents, in order, read page by page. */
export async function listIds(client: JsonClient, collection: string): Promise<string[]> {
  return (await listAll(client, collection)).map(({ id }) => id);
}

/** Looks a document up and compares it, chunk by chunk, with what was sent. @returns its version */
export async function expectWhole(client: JsonClient, collection: string, id: string): Promise<number> {
  const { status, body } = await client.get<DocumentAnswer>(
    `/api/v1/rag/collection/${collection}/documents/${id}`,
  );
  expect(status).toBe(200);
  const sent = sampleDocument(id, body.metadata.version);
  expect(body.chunks.map(({ text }) => text)).toEqual(sent.text.split('\n\n'));
  expect(body).toMatchObject({ chunk_count: CHUNKS_PER_DOCUMENT, characters: sent.text.length });
  return body.metadata.version;
}

/** Searches by the document's own word: all of its chunks, each once, and nobody else's. */
export async function expectFindable(client: JsonClient, collection: string, id: string): Promise<void> {
  const { status, body } = await client.post<{
    results: { document_id: string; chunk_index: number }[];
  }>('/api/v1/rag/search', { collection, query: markOf(id), mode: 'keyword', limit: 20 });
  expect(status).toBe(200);
  const found = body.results.map(({ document_id, chunk_index }) => `${document_id}#${chunk_index}`);
  expect(found.sort()).toEqual(Array.from({ length: CHUNKS_PER_DOCUMENT }, (_, part) => `${id}#${part}`));
}

/** Compares a collection's own counts with what listing it shows. */
export async function expectCountsToAgree(client: JsonClient, collection: string): Promise<void> {
  const documents = await listAll(client, collection);
  const { body } = await client.get<CollectionListing>('/api/v1/rag/collections?limit=1000');
  expect(new Set(documents.map(({ id }) => id)).size).toBe(documents.length);
  expect(body.collections.find(({ name }) => name === collection)).toMatchObject({
    documents: documents.length,
    chunks: documents.reduce((total, document) => total + document.chunk_count, 0),
  });
}

async function listAll(client: JsonClient, collection: string): Promise<Listing['documents'][number][]> {
  const all: Listing['documents'][number][] = [];
  for (;;) {
    const path = `/api/v1/rag/collection/${collection}/documents?limit=100&offset=${all.length}`;
    const { status, body } = await client.get<Listing>(path);
    expect(status).toBe(200);
    all.push(...body.documents);
    if (body.documents.length === 0) {
      expect(all.length).toBe(body.total);
      return all;
    }
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import { postBody } from './http.js';
import { syntheticDocument } from './synthetic-documents.js';

const DOCUMENTS_EACH = 500;
const CLIENTS = 2;

interface Statistics {
  readonly collections: readonly { readonly name: string; readonly index: { readonly state: string } }[];
}

/** Indexes passages through the API, by clients that have their requests ready. @returns how many a second */
export async function indexPassages(
  url: string,
  collection: string,
  count: number,
  clients = CLIENTS,
): Promise<number> {
  // One iterator for all clients: each takes the next request.
  const bodies = requestBodies(collection, count).values();
  const startedAt = performance.now();
  const work = async () => {
    for (const body of bodies) await postBody(`${url}/api/v1/rag/index`, body);
  };
  await Promise.all(Array.from({ length: clients }, work));
  return (1000 * count) / (performance.now() - startedAt);
}

function requestBodies(collection: string, count: number): string[] {
  return Array.from({ length: Math.ceil(count / DOCUMENTS_EACH) }, (_, request) => {
    const first = request * DOCUMENTS_EACH;
    const length = Math.min(DOCUMENTS_EACH, count - first);
    const documents = Array.from({ length }, (_, index) => syntheticDocument(first + index));
    return JSON.stringify({ collection, documents });
  });
}

/** Waits until a collection's vectors are indexed. @returns seconds */
export async function untilIndexed(url: string, collection: string): Promise<number> {
  const startedAt = performance.now();
  for (;;) {
    const statistics = (await (await fetch(`${url}/api/v1/rag/stats`)).json()) as Statistics;
    const state = statistics.collections.find(({ name }) => name === collection)?.index.state;
    if (state === 'ready') return (performance.now() - startedAt) / 1000;
    await sleep(1000);
  }
}

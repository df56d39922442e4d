import { setTimeout as sleep } from 'node:timers/promises';
import { postJson } from './http.js';
import { syntheticDocument } from './synthetic-documents.js';

const DOCUMENTS_EACH = 500;
const CLIENTS = 2;

interface Statistics {
  readonly collections: readonly { readonly name: string; readonly index: { readonly state: string } }[];
}

/** Indexes passages through the API. @returns how many a second */
export async function indexPassages(url: string, collection: string, count: number): Promise<number> {
  let next = 0;
  const startedAt = performance.now();
  const work = async () => {
    while (next < count) {
      const first = next;
      next = Math.min(count, next + DOCUMENTS_EACH);
      const documents = Array.from({ length: next - first }, (_, index) => syntheticDocument(first + index));
      await postJson(`${url}/api/v1/rag/index`, { collection, documents });
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, work));
  return (1000 * count) / (performance.now() - startedAt);
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

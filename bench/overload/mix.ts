import { seededRandom } from '../../test/support/mixed-workload.js';
import { sampleDocument } from '../../test/support/sample-documents.js';
import type { PlannedRequest } from '../support/open-loop.js';

export const COLLECTION = 'overload';
export const DOCUMENTS = Array.from({ length: 200 }, (_, index) => sampleDocument(`document-${index}`));

export type Mix = keyof typeof SEARCHES;

/** Share of searches; of the other requests, five of seven embed a text that is cached, and two a new one. */
const SEARCHES = { search: 1, mixed: 0.3 };
const KNOWN_TEXTS = 100;
const KNOWN = 5 / 7;

export function isMix(name: string): name is Mix {
  return Object.hasOwn(SEARCHES, name);
}

export function mixedRequests(mix: Mix, seed: number): () => PlannedRequest {
  const random = seededRandom(seed);
  return () => {
    if (random() < SEARCHES[mix]) {
      const query = `document ${Math.floor(random() * DOCUMENTS.length)}`;
      return post('/api/v1/rag/search', { collection: COLLECTION, query });
    }
    if (random() < KNOWN)
      return embedding(`Text number ${Math.floor(random() * KNOWN_TEXTS)}, known for long.`);
    return embedding(`A new text, ${random()} of its kind, that nobody has seen before.`);
  };
}

function embedding(text: string): PlannedRequest {
  return post('/api/v1/embeddings/generate', { text, encoding_format: 'base64' });
}

function post(path: string, body: object): PlannedRequest {
  return { method: 'POST', path, body: JSON.stringify(body) };
}

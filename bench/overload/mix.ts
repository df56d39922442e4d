import { seededRandom } from '../../test/support/mixed-workload.js';
import { sampleDocument } from '../../test/support/sample-documents.js';
import type { PlannedRequest } from '../support/open-loop.js';

export const COLLECTION = 'overload';
export const DOCUMENTS = Array.from({ length: 200 }, (_, index) => sampleDocument(`document-${index}`));
const KNOWN_TEXTS = 100;

/** Of ten requests, five embed a text that is cached, two a new one, and three search. */
export function mixedRequests(seed: number): () => PlannedRequest {
  const random = seededRandom(seed);
  return () => {
    const dice = random();
    if (dice < 0.5) return embedding(`Text number ${Math.floor(random() * KNOWN_TEXTS)}, known for long.`);
    if (dice < 0.7) return embedding(`A new text, ${random()} of its kind, that nobody has seen before.`);
    return post('/api/v1/rag/search', {
      collection: COLLECTION,
      query: `document ${Math.floor(random() * DOCUMENTS.length)}`,
    });
  };
}

function embedding(text: string): PlannedRequest {
  return post('/api/v1/embeddings/generate', { text, encoding_format: 'base64' });
}

function post(path: string, body: object): PlannedRequest {
  return { method: 'POST', path, body: JSON.stringify(body) };
}

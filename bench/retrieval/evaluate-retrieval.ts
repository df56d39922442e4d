import { postJson } from '../support/http.js';
import { startService } from '../support/service.js';
import { meanMetrics, measureRanking } from './metrics.js';
import { readTestCollection, type TestCollection } from './test-collection.js';

const MODES = ['keyword', 'dense', 'hybrid'] as const;
const COLLECTION = 'evaluation';
const DOCUMENTS_PER_REQUEST = 200;
/** The judgements are about whole documents, so each is one chunk. */
const CHUNK_SIZE = 20_000;
/** The most that one search returns; MAP is over these. */
const DEPTH = 100;

interface SearchAnswer {
  readonly results: readonly { readonly document_id: string }[];
}

/** Indexes a test collection through the API of a fresh service with local models, and prints measures per mode. */
export async function evaluateRetrieval(folder: string): Promise<void> {
  const collection = await readTestCollection(folder);
  const service = await startService();
  try {
    const started = performance.now();
    await indexAll(service.url, collection);
    console.log(
      `${folder}: ${collection.documents.length} documents, ${collection.relevant.size} judged queries`,
    );
    console.log(`indexed in ${seconds(started)}`);
    console.log('mode     nDCG@10  recall@100  MAP@100  time');
    for (const mode of MODES) await evaluateMode(service.url, collection, mode);
  } finally {
    await service.stop();
  }
}

async function indexAll(url: string, { documents }: TestCollection): Promise<void> {
  // A few documents consist of a title alone, some of nothing.
  const sent = documents
    .map(({ id, title, text }) => (text.trim() === '' ? { id, text: title } : { id, title, text }))
    .filter(({ text }) => text.trim() !== '')
    .map((document) => ('title' in document && document.title === '' ? withoutTitle(document) : document));
  for (let start = 0; start < sent.length; start += DOCUMENTS_PER_REQUEST) {
    await postJson(`${url}/api/v1/rag/index`, {
      collection: COLLECTION,
      documents: sent.slice(start, start + DOCUMENTS_PER_REQUEST),
      chunk_size: CHUNK_SIZE,
      chunk_overlap: 0,
    });
  }
}

function withoutTitle({ id, text }: { id: string; text: string }) {
  return { id, text };
}

async function evaluateMode(url: string, collection: TestCollection, mode: string): Promise<void> {
  const started = performance.now();
  const measures = [];
  for (const { id, text } of collection.queries) {
    const relevant = collection.relevant.get(id);
    if (relevant === undefined) continue;
    const { results } = await postJson<SearchAnswer>(`${url}/api/v1/rag/search`, {
      query: text,
      collection: COLLECTION,
      mode,
      limit: DEPTH,
    });
    const ranking = [...new Set(results.map((result) => result.document_id))];
    measures.push(measureRanking(ranking, relevant));
  }
  const { ndcgAt10, recallAt100, averagePrecision } = meanMetrics(measures);
  const columns = [ndcgAt10, recallAt100, averagePrecision].map((value) => value.toFixed(4).padEnd(9));
  console.log(`${mode.padEnd(8)} ${columns.join('')} ${seconds(started)}`);
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

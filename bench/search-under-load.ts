import { setTimeout as sleep } from 'node:timers/promises';
import { createBenchDatabase } from './support/bench-database.js';
import { startEmbeddingProvider } from './support/embedding-provider.js';
import { postJson } from './support/http.js';
import { indexPassages } from './support/passages.js';
import { startService } from './support/service.js';
import { percentile } from './support/statistics.js';
import { syntheticDocument } from './support/synthetic-documents.js';

/*
 * How long searches take while documents are indexed by jobs, against how long they take otherwise, and how soon a
 * running job stops that is cancelled. The jobs fill the collection that is searched, which thereby becomes three times
 * as large. DATABASE_URL names a server on which databases may be made; DOCUMENTS says how many the jobs index, MODE how
 * is searched.
 */

const DOCUMENTS = Number(process.env['DOCUMENTS'] ?? 10_000);
const MODE = process.env['MODE'] ?? 'hybrid';
const DOCUMENTS_EACH = 1000;
/** Documents that are there before: too few for an index of their vectors, so that each search compares them all. */
const SEARCHED = 5000;
const CLIENTS = 10;
const QUERIES = 30;
const QUIET_MS = 15_000;
const COLLECTION = 'passages';

interface Job {
  readonly state: string;
  readonly done?: number;
}

/** Searches by all clients at once until `isOver` says so. @returns milliseconds that each took */
async function searchUntil(url: string, isOver: () => boolean): Promise<number[]> {
  const milliseconds: number[] = [];
  let next = 0;
  const work = async () => {
    while (!isOver()) {
      const startedAt = performance.now();
      const query = `Query ${next++ % QUERIES}`;
      await postJson(`${url}/api/v1/rag/search`, { query, collection: COLLECTION, mode: MODE, limit: 10 });
      milliseconds.push(performance.now() - startedAt);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, work));
  return milliseconds;
}

async function submitJob(url: string, first: number): Promise<string> {
  const documents = Array.from({ length: DOCUMENTS_EACH }, (_, index) => syntheticDocument(first + index));
  const { job_id } = await postJson<{ job_id: string }>(`${url}/api/v1/rag/index?async=true`, {
    collection: COLLECTION,
    documents,
  });
  return job_id;
}

async function findJob(url: string, id: string): Promise<Job> {
  return (await (await fetch(`${url}/api/v1/jobs/${id}`)).json()) as Job;
}

async function untilJob(url: string, id: string, isWanted: (job: Job) => boolean): Promise<Job> {
  for (;;) {
    const job = await findJob(url, id);
    if (isWanted(job)) return job;
    if (job.state === 'failed') throw new Error(`Job ${id} failed.`);
    await sleep(20);
  }
}

/** Indexes the documents by jobs. @returns seconds */
async function indexByJobs(url: string): Promise<number> {
  const startedAt = performance.now();
  const ids: string[] = [];
  for (let first = 0; first < DOCUMENTS; first += DOCUMENTS_EACH) {
    ids.push(await submitJob(url, SEARCHED + first));
  }
  for (const id of ids) await untilJob(url, id, ({ state }) => state === 'succeeded');
  return (performance.now() - startedAt) / 1000;
}

/** Cancels a job in the middle of its work, while others search. @returns seconds until it has stopped */
async function secondsToCancel(url: string): Promise<number> {
  const id = await submitJob(url, SEARCHED + DOCUMENTS);
  await untilJob(url, id, ({ state, done = 0 }) => state === 'running' && done > 0);
  const startedAt = performance.now();
  await fetch(`${url}/api/v1/jobs/${id}`, { method: 'DELETE' });
  const { state } = await untilJob(url, id, (job) => job.state !== 'running');
  if (state !== 'cancelled') throw new Error(`The job was ${state}, not cancelled.`);
  return (performance.now() - startedAt) / 1000;
}

async function compare(url: string): Promise<void> {
  const quietUntil = performance.now() + QUIET_MS;
  const quiet = await searchUntil(url, () => performance.now() > quietUntil);
  const [indexing, during] = await whileSearching(url, () => indexByJobs(url));
  const [cancelling] = await whileSearching(url, () => secondsToCancel(url));
  console.log(`${DOCUMENTS} documents indexed by jobs in ${indexing.toFixed(0)} s`);
  for (const [name, values] of [
    ['quiet', quiet],
    ['meanwhile', during],
  ] as const) {
    const [p50, p99] = [percentile(values, 0.5), percentile(values, 0.99)];
    console.log(
      `searches ${name}: ${values.length}, p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms, longest ${percentile(values, 1).toFixed(0)} ms`,
    );
  }
  console.log(`p99 ratio ${(percentile(during, 0.99) / percentile(quiet, 0.99)).toFixed(2)}`);
  console.log(`a cancelled job stopped after ${cancelling.toFixed(2)} s`);
}

async function whileSearching<T>(url: string, work: () => Promise<T>): Promise<[T, number[]]> {
  let isOver = false;
  const searching = searchUntil(url, () => isOver);
  const result = await work().finally(() => {
    isOver = true;
  });
  return [result, await searching];
}

async function measure(): Promise<void> {
  const database = await createBenchDatabase();
  const provider = await startEmbeddingProvider(SEARCHED + DOCUMENTS + DOCUMENTS_EACH);
  const service = await startService({ ...provider.variables, DATABASE_URL: database.url });
  try {
    await indexPassages(service.url, COLLECTION, SEARCHED);
    await searchUntil(service.url, throughAllQueries());
    await compare(service.url);
  } finally {
    await service.stop();
    provider.stop();
    await database.remove();
  }
}

/** So that all queries' embeddings are in the cache before anything is measured. */
function throughAllQueries(): () => boolean {
  let asked = 0;
  return () => (asked += 1) > 2 * QUERIES;
}

await measure();

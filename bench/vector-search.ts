import pg from 'pg';
import { parseFilter } from '../src/core/vector-store/filter/parse-filter.js';
import { indexParameters } from '../src/core/vector-store/pgvector/index/index-parameters.js';
import { searchStatement } from '../src/core/vector-store/pgvector/search-statement.js';
import type { Collection } from '../src/core/vector-store/vector-store.js';
import { createBenchDatabase, existingBenchDatabase } from './support/bench-database.js';
import { startEmbeddingProvider } from './support/embedding-provider.js';
import { postJson } from './support/http.js';
import { indexPassages, untilIndexed } from './support/passages.js';
import { type RunningService, startService } from './support/service.js';
import { median } from './support/statistics.js';
import { DIMENSIONS, queryVector } from './support/synthetic-vectors.js';

/*
 * Searches through HTTP against the same SQL through a bare connection to the same server, in alternating rounds, and
 * what share of the truly nearest they find. The query's embedding comes from the service's cache: it was asked for
 * before. DATABASE_URL names a server on which databases may be made; PASSAGES how many there are to search. STEP=load
 * leaves the loaded and indexed database there, and STEP=measure measures the one that DATABASE_URL then names.
 */

const PASSAGES = Number(process.env['PASSAGES'] ?? 100_000);
const STEP = process.env['STEP'] ?? 'all';
const QUERIES = 30;
const ROUNDS = 3;
const CLIENTS = 16;
const LIMIT = 10;
const COLLECTION = 'passages';
const FILTERS: readonly (readonly [string, object | undefined])[] = [
  ['100 %', undefined],
  ['10 %', { tenth: 3 }],
  ['1 %', { hundredth: 3 }],
  ['0.1 %', { thousandth: 3 }],
];

/** Searches for the query with this number and returns the ids that it finds. */
type Search = (number: number, filter: object | undefined) => Promise<string[]>;

function throughHttp({ url }: RunningService): Search {
  return async (number, filter) => {
    const { results } = await postJson<{ results: { document_id: string }[] }>(`${url}/api/v1/rag/search`, {
      query: `Query ${number}`,
      collection: COLLECTION,
      mode: 'dense',
      limit: LIMIT,
      ...(filter !== undefined && { filter }),
    });
    return results.map(({ document_id }) => document_id);
  };
}

/** @param isExact whether to compare all vectors instead of searching the index */
function throughPool(pool: pg.Pool, collection: Collection, isExact = false): Search {
  const index = isExact ? null : indexParameters(DIMENSIONS);
  return async (number, filter) => {
    const { text, parameters } = searchStatement(
      collection,
      {
        mode: 'dense',
        query: `Query ${number}`,
        vector: queryVector(number),
        denseWeight: 1,
        limit: LIMIT,
        minScore: 0,
        filter: filter === undefined ? { kind: 'and', filters: [] } : parseFilter(filter),
      },
      index,
    );
    const { rows } = await pool.query<{ document_id: string }>(text, [...parameters]);
    return rows.map(({ document_id }) => document_id);
  };
}

async function durations(search: Search, filter: object | undefined): Promise<number[]> {
  const milliseconds: number[] = [];
  for (let number = 0; number < QUERIES; number += 1) {
    const startedAt = performance.now();
    await search(number, filter);
    milliseconds.push(performance.now() - startedAt);
  }
  return milliseconds;
}

/** Searches a second by so many clients at once. */
async function throughput(search: Search, filter: object | undefined): Promise<number> {
  const total = 2 * QUERIES;
  let next = 0;
  const startedAt = performance.now();
  const work = async () => {
    while (next < total) await search(next++ % QUERIES, filter);
  };
  await Promise.all(Array.from({ length: CLIENTS }, work));
  return (1000 * total) / (performance.now() - startedAt);
}

/** Share of the truly nearest that a search finds. */
async function recall(search: Search, exact: Search, filter: object | undefined): Promise<number> {
  let found = 0;
  let expected = 0;
  for (let number = 0; number < QUERIES; number += 1) {
    const nearest = await exact(number, filter);
    const ids = new Set(await search(number, filter));
    found += nearest.filter((id) => ids.has(id)).length;
    expected += nearest.length;
  }
  return found / expected;
}

async function compare(http: Search, bare: Search, exact: Search): Promise<void> {
  console.log(
    'filter passes  recall@10   p50 of 1 client: HTTP    bare   ratio   16 clients: HTTP/s  bare/s  ratio',
  );
  for (const [name, filter] of FILTERS) {
    const share = await recall(http, exact, filter);
    const p50s = { http: [] as number[], bare: [] as number[] };
    const rates = { http: [] as number[], bare: [] as number[] };
    for (let round = 0; round < ROUNDS; round += 1) {
      p50s.bare.push(median(await durations(bare, filter)));
      p50s.http.push(median(await durations(http, filter)));
      rates.bare.push(await throughput(bare, filter));
      rates.http.push(await throughput(http, filter));
    }
    const [p50, bareP50] = [median(p50s.http), median(p50s.bare)];
    const [rate, bareRate] = [median(rates.http), median(rates.bare)];
    console.log(
      `${name.padEnd(13)}  ${share.toFixed(3)}  ${p50.toFixed(2).padStart(25)} ms ${bareP50.toFixed(2)} ms  ` +
        `${(p50 / bareP50).toFixed(2)}  ${rate.toFixed(0).padStart(20)}  ${bareRate.toFixed(0).padStart(6)}   ` +
        (rate / bareRate).toFixed(2),
    );
  }
}

async function load(service: RunningService): Promise<void> {
  const rate = await indexPassages(service.url, COLLECTION, PASSAGES);
  console.log(`${PASSAGES} passages of ${DIMENSIONS} dimensions indexed at ${rate.toFixed(0)} a second`);
  const seconds = await untilIndexed(service.url, COLLECTION);
  console.log(`index ready after ${seconds.toFixed(0)} s`);
}

async function run(): Promise<void> {
  const database = STEP === 'measure' ? existingBenchDatabase() : await createBenchDatabase();
  const provider = await startEmbeddingProvider(PASSAGES);
  const service = await startService({ ...provider.variables, DATABASE_URL: database.url });
  const pool = new pg.Pool({ connectionString: database.url, max: 10 });
  // As the service sees its own tables; the pool's clients queue what they are asked.
  pool.on('connect', (client) => {
    void client.query(database.enter);
  });
  try {
    if (STEP !== 'measure') await load(service);
    if (STEP === 'load') {
      console.log(`DATABASE_URL=${database.url}`);
      return;
    }
    const { rows } = await pool.query<Collection>('select id, dimensions from collections where name = $1', [
      COLLECTION,
    ]);
    const [collection] = rows;
    if (collection === undefined) throw new Error('There is no collection.');
    await compare(throughHttp(service), throughPool(pool, collection), throughPool(pool, collection, true));
  } finally {
    await pool.end();
    await service.stop();
    provider.stop();
    if (STEP !== 'load') await database.remove();
  }
}

await run();

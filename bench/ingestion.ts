import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { createBenchDatabase } from './support/bench-database.js';
import { startEmbeddingProvider } from './support/embedding-provider.js';
import { indexPassages } from './support/passages.js';
import { startService } from './support/service.js';

/*
 * Passages indexed a second through the API, with a provider that answers at once, against `COPY` of the same rows
 * (documents, chunks, postings, with their keys and indexes) from binary files on the server. That needs a superuser's
 * DATABASE_URL. PASSAGES says how many, CLIENTS how many send 500 at a time. Some go to another collection before,
 * unmeasured: too few for an index, which would be built meanwhile.
 */

const PASSAGES = Number(process.env['PASSAGES'] ?? 20_000);
const CLIENTS = Number(process.env['CLIENTS'] ?? 4);
const WARM_UP_PASSAGES = 5000;
const COLLECTION = 'passages';

/** Puts the rows of these tables into files, empties the tables, and copies the rows back in. @returns seconds */
async function copySeconds(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ id: number }>('select id from collections where name = $1', [
      COLLECTION,
    ]);
    const tables = ['documents', `chunks_${rows[0]?.id}`, `postings_${rows[0]?.id}`];
    const prefix = `/tmp/ml-service-bench-${randomBytes(6).toString('hex')}`;
    for (const table of tables) await client.query(`copy ${table} to '${prefix}-${table}' (format binary)`);
    await client.query(`truncate ${tables.join(', ')} cascade`);
    const startedAt = performance.now();
    for (const table of tables) await client.query(`copy ${table} from '${prefix}-${table}' (format binary)`);
    const seconds = (performance.now() - startedAt) / 1000;
    await client.query(`copy (select 1) to program 'rm ${prefix}-*'`);
    return seconds;
  } finally {
    await client.end();
  }
}

/** Through the API. @returns passages a second */
async function indexingRate(url: string): Promise<number> {
  const provider = await startEmbeddingProvider(PASSAGES);
  const service = await startService({ ...provider.variables, DATABASE_URL: url });
  try {
    await indexPassages(service.url, 'before', WARM_UP_PASSAGES, CLIENTS);
    return await indexPassages(service.url, COLLECTION, PASSAGES, CLIENTS);
  } finally {
    await service.stop();
    provider.stop();
  }
}

async function measure(): Promise<void> {
  const database = await createBenchDatabase();
  try {
    const rate = await indexingRate(database.url);
    const copied = PASSAGES / (await copySeconds(database.url));
    console.log(`through the API  ${rate.toFixed(0)} passages a second`);
    console.log(`by bare COPY     ${copied.toFixed(0)} passages a second`);
    console.log(`ratio            ${(rate / copied).toFixed(2)}`);
  } finally {
    await database.remove();
  }
}

await measure();

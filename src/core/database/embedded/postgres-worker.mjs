// @ts-check
/*
 * PostgreSQL in a thread of its own: PGlite computes synchronously, so on the main thread a long statement would
 * stop every other request. Plain JavaScript, because Node loads a worker's file itself, from the sources under
 * test and from dist in production.
 */
import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { dataDir } from '@electric-sql/pglite-prepopulatedfs';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';

const CLUSTER = 'postgres';
const UNFINISHED_PREFIX = 'postgres.unfinished-';

const { directory, socketPath } = /** @type {{ directory: string, socketPath: string }} */ (workerData);

const cluster = join(directory, CLUSTER);
if (!existsSync(cluster)) await createCluster();
const database = await PGlite.create({ dataDir: cluster, extensions: { vector } });
// One pool client at a time, and room for its successor while it says goodbye.
const server = new PGLiteSocketServer({ db: database, path: socketPath, maxConnections: 4 });
await server.start();

parentPort?.once('message', () => void close());
parentPort?.postMessage('ready');

/** Made beside its place and renamed into it, so that a process killed meanwhile leaves no half cluster behind. */
async function createCluster() {
  for (const name of readdirSync(directory)) {
    if (name.startsWith(UNFINISHED_PREFIX)) rmSync(join(directory, name), { recursive: true });
  }
  const unfinished = join(directory, `${UNFINISHED_PREFIX}${process.pid}`);
  const database = await PGlite.create({ dataDir: unfinished, loadDataDir: await dataDir() });
  await database.close();
  renameSync(unfinished, cluster);
}

async function close() {
  await server.stop();
  await database.close();
  parentPort?.close();
}

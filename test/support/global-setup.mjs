// @ts-check
import { PGlite } from '@electric-sql/pglite';
import { dataDir } from '@electric-sql/pglite-prepopulatedfs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An empty database cluster that every test copies, because unpacking one takes seconds. */
export default async function globalSetup() {
  const directory = await mkdtemp(join(tmpdir(), 'ml-service-template-'));
  const database = await PGlite.create({
    dataDir: join(directory, 'postgres'),
    loadDataDir: await dataDir(),
  });
  await database.close();
  process.env['TEST_CLUSTER_TEMPLATE'] = directory;
}

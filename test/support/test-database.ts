import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EnvironmentVariables } from '../../src/config/load-config.js';
import { createServerDatabase } from './server-database.js';

/** A database of a test's own. */
export interface TestDatabase {
  /** What points the service at it. */
  readonly variables: EnvironmentVariables;
  remove(): Promise<void>;
}

/** An empty database: on the server at `TEST_DATABASE_URL` where that is set, else embedded. */
export function createTestDatabase(): Promise<TestDatabase> {
  const server = process.env['TEST_DATABASE_URL'];
  return server === undefined ? createEmbedded() : createOnServer(server);
}

/** A folder with an empty cluster, ready for `DATA_DIR`. */
export async function createEmbedded(): Promise<TestDatabase> {
  const directory = await mkdtemp(join(tmpdir(), 'ml-service-test-'));
  const template = process.env['TEST_CLUSTER_TEMPLATE'];
  if (template !== undefined) await cp(template, directory, { recursive: true });
  return {
    variables: { DATA_DIR: directory },
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

async function createOnServer(server: string): Promise<TestDatabase> {
  const database = await createServerDatabase(server, 'ml_service_test');
  return { variables: { DATABASE_URL: database.url }, remove: () => database.remove() };
}

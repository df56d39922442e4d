import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { EnvironmentVariables } from '../../src/config/load-config.js';

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
  const name = `ml_service_test_${randomBytes(6).toString('hex')}`;
  await onServer(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    variables: { DATABASE_URL: url.href },
    remove: () => onServer(server, `drop database ${name} with (force)`),
  };
}

async function onServer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

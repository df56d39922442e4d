import { randomBytes } from 'node:crypto';
import type { EnvironmentVariables } from '../../../src/config/load-config.js';
import { QdrantStandIn } from './qdrant-stand-in.js';

/** A Qdrant for a test. */
export interface TestQdrant {
  /** What points the service at it. */
  readonly variables: EnvironmentVariables;
  remove(): Promise<void>;
}

/** The server at `QDRANT_TEST_URL` where that is set, else a stand-in. */
export async function connectTestQdrant(): Promise<TestQdrant> {
  const prefix = `ml-service-test-${randomBytes(6).toString('hex')}`;
  const server = process.env['QDRANT_TEST_URL'];
  if (server === undefined) {
    const standIn = await QdrantStandIn.start();
    return {
      variables: { VECTOR_STORE: 'qdrant', QDRANT_URL: standIn.url, QDRANT_COLLECTION_PREFIX: prefix },
      remove: () => standIn.close(),
    };
  }
  return {
    variables: { VECTOR_STORE: 'qdrant', QDRANT_URL: server, QDRANT_COLLECTION_PREFIX: prefix },
    remove: () => dropCollections(server, prefix),
  };
}

async function dropCollections(server: string, prefix: string): Promise<void> {
  const response = await fetch(new URL('/collections', server));
  const { result } = (await response.json()) as { result: { collections: { name: string }[] } };
  for (const { name } of result.collections) {
    if (name.startsWith(prefix)) await fetch(new URL(`/collections/${name}`, server), { method: 'DELETE' });
  }
}

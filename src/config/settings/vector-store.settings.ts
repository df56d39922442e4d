import { optionalSecret, type Secret } from '../secret.js';
import {
  ChoiceSetting,
  HttpUrlSetting,
  IntegerSetting,
  SecretSetting,
  TextSetting,
} from '../setting.decorators.js';

/** Where chunks and their vectors live. */
export class VectorStoreSettings {
  @ChoiceSetting({
    group: 'Vector store',
    choices: ['pgvector', 'qdrant'],
    default: 'pgvector',
    description: 'Where chunks and their vectors live; `qdrant` needs `QDRANT_URL`.',
  })
  VECTOR_STORE: 'pgvector' | 'qdrant' = 'pgvector';

  @HttpUrlSetting({
    group: 'Vector store',
    description: 'Qdrant 1.16 or newer: its REST address, by default on port 6333.',
    isNeeded: (settings) => (settings as VectorStoreSettings).VECTOR_STORE === 'qdrant',
  })
  QDRANT_URL?: string;

  @SecretSetting({ group: 'Vector store', description: 'Key that Qdrant asks for.' })
  QDRANT_API_KEY?: string;

  @IntegerSetting({
    group: 'Vector store',
    default: 5000,
    min: 100,
    max: 20_000,
    unit: 'ms',
    description: 'Longest time a call to Qdrant may take before the request is answered with 503.',
  })
  QDRANT_TIMEOUT_MS = 5000;

  @TextSetting({
    group: 'Vector store',
    default: 'ml-service',
    description: 'How the names of our collections in Qdrant start, where services share a cluster.',
  })
  QDRANT_COLLECTION_PREFIX = 'ml-service';

  @IntegerSetting({
    group: 'Vector store',
    default: 1,
    min: 1,
    max: 1000,
    description: 'Shards of a new collection in Qdrant. It stays as it was made.',
  })
  QDRANT_SHARD_NUMBER = 1;

  @IntegerSetting({
    group: 'Vector store',
    default: 1,
    min: 1,
    max: 20,
    description: 'Copies of each shard of a new collection in Qdrant.',
  })
  QDRANT_REPLICATION_FACTOR = 1;

  @IntegerSetting({
    group: 'Vector store',
    default: 1,
    min: 1,
    max: 20,
    description: 'Copies that must have a write before it counts, for a new collection in Qdrant.',
  })
  QDRANT_WRITE_CONSISTENCY_FACTOR = 1;

  @ChoiceSetting({
    group: 'Vector store',
    choices: ['none', 'scalar', 'binary'],
    default: 'none',
    description:
      'How a new collection in Qdrant shrinks vectors for searching; results are scored by the full ones.',
  })
  QDRANT_QUANTIZATION: 'none' | 'scalar' | 'binary' = 'none';

  @ChoiceSetting({
    group: 'Vector store',
    choices: ['memory', 'disk'],
    default: 'memory',
    description: 'Where a new collection in Qdrant keeps its full vectors.',
  })
  QDRANT_VECTORS_IN: 'memory' | 'disk' = 'memory';
}

export interface QdrantConfig {
  readonly kind: 'qdrant';
  readonly url: string;
  readonly apiKey: Secret | null;
  readonly timeoutMs: number;
  readonly collectionPrefix: string;
  /** How a collection is made where there is none. */
  readonly creation: {
    readonly shardNumber: number;
    readonly replicationFactor: number;
    readonly writeConsistencyFactor: number;
    readonly quantization: 'none' | 'scalar' | 'binary';
    readonly vectorsOnDisk: boolean;
  };
}

export type VectorStoreConfig = { readonly kind: 'pgvector' } | QdrantConfig;

export function vectorStoreConfig(settings: VectorStoreSettings): VectorStoreConfig {
  if (settings.VECTOR_STORE === 'pgvector' || settings.QDRANT_URL === undefined) return { kind: 'pgvector' };
  return {
    kind: 'qdrant',
    url: settings.QDRANT_URL,
    apiKey: optionalSecret(settings.QDRANT_API_KEY),
    timeoutMs: settings.QDRANT_TIMEOUT_MS,
    collectionPrefix: settings.QDRANT_COLLECTION_PREFIX,
    creation: {
      shardNumber: settings.QDRANT_SHARD_NUMBER,
      replicationFactor: settings.QDRANT_REPLICATION_FACTOR,
      writeConsistencyFactor: settings.QDRANT_WRITE_CONSISTENCY_FACTOR,
      quantization: settings.QDRANT_QUANTIZATION,
      vectorsOnDisk: settings.QDRANT_VECTORS_IN === 'disk',
    },
  };
}

import type { Schemas } from '@qdrant/js-client-rest';
import type { QdrantConfig } from '../../../config/settings/vector-store.settings.js';
import type { VectorIndexState } from '../vector-store.js';
import { DENSE, SPARSE } from './chunk-points.js';
import { type QdrantConnection, statusOf } from './qdrant-connection.js';

/** Payload fields that searches filter by. Only a collection of ours gets a graph of its own. */
const FIELDS: Readonly<Record<string, Schemas['PayloadFieldSchema']>> = {
  collection: { type: 'keyword', is_tenant: true },
  tenant: { type: 'keyword', is_tenant: true, enable_hnsw: false },
  document: { type: 'keyword', enable_hnsw: false },
  version: { type: 'keyword', enable_hnsw: false },
  superseded: { type: 'bool', enable_hnsw: false },
  facts: { type: 'keyword', enable_hnsw: false },
  'order[].at': { type: 'keyword', enable_hnsw: false },
  'order[].key': { type: 'integer', lookup: false, range: true, enable_hnsw: false },
};

/** Qdrant's own advice for many tenants: no graph over all points, one for each collection of ours. */
const HNSW = { m: 0, payload_m: 16, ef_construct: 128 };

/** The collections in Qdrant: one for each length of vectors, however many collections we keep in it. */
export class ShapeCollections {
  private readonly ready = new Map<number, Promise<string>>();

  constructor(
    private readonly connection: QdrantConnection,
    private readonly config: QdrantConfig,
  ) {}

  nameFor(dimensions: number): string {
    return `${this.config.collectionPrefix}-${dimensions}`;
  }

  /** Its name, once it and its indexes are there. */
  async ensure(dimensions: number): Promise<string> {
    const pending = this.ready.get(dimensions) ?? this.create(dimensions);
    this.ready.set(dimensions, pending);
    try {
      return await pending;
    } catch (error) {
      this.ready.delete(dimensions);
      throw error;
    }
  }

  /** How far Qdrant is with its graphs of these vectors, over all of our collections that have such. */
  async indexState(dimensions: number): Promise<VectorIndexState> {
    const name = this.nameFor(dimensions);
    const { exists } = await this.connection.call((api, init) =>
      api.collectionExists({ collection_name: name }, init),
    );
    if (!exists) return { state: 'none', method: 'exact', progress: null };
    const info = await this.connection.call((api, init) =>
      api.getCollection({ collection_name: name }, init),
    );
    const points = info.points_count ?? 0;
    const indexed = Math.min(info.indexed_vectors_count ?? 0, points);
    if (info.status !== 'green') {
      const progress = points === 0 ? null : Math.floor((100 * indexed) / points);
      return { state: 'building', method: indexed > 0 ? 'hnsw' : 'exact', progress };
    }
    // Qdrant makes no graph of segments that are small.
    return indexed > 0
      ? { state: 'ready', method: 'hnsw', progress: null }
      : { state: 'none', method: 'exact', progress: null };
  }

  /** To be called when it turns out to be gone, so that the next write makes it again. */
  forget(dimensions: number): void {
    this.ready.delete(dimensions);
  }

  private async create(dimensions: number): Promise<string> {
    const name = this.nameFor(dimensions);
    const { exists } = await this.connection.call((api, init) =>
      api.collectionExists({ collection_name: name }, init),
    );
    if (!exists) {
      try {
        await this.connection.call((api, init) =>
          api.createCollection({ collection_name: name, ...this.definition(dimensions) }, init),
        );
      } catch (error) {
        // Another replica was faster.
        if (statusOf(error) !== 409) throw error;
      }
    }
    for (const [field_name, field_schema] of Object.entries(FIELDS)) {
      await this.connection.call((api, init) =>
        api.createFieldIndex({ collection_name: name, wait: true, field_name, field_schema }, init),
      );
    }
    return name;
  }

  private definition(size: number): Schemas['CreateCollection'] {
    const { shardNumber, replicationFactor, writeConsistencyFactor, quantization, vectorsOnDisk } =
      this.config.creation;
    return {
      vectors: { [DENSE]: { size, distance: 'Cosine', on_disk: vectorsOnDisk } },
      // Without Qdrant's `idf` modifier: it would count in all collections and tenants together.
      sparse_vectors: { [SPARSE]: { index: { on_disk: vectorsOnDisk } } },
      shard_number: shardNumber,
      replication_factor: replicationFactor,
      write_consistency_factor: writeConsistencyFactor,
      on_disk_payload: true,
      hnsw_config: HNSW,
      ...QUANTIZATION[quantization],
    };
  }
}

const QUANTIZATION: Readonly<
  Record<QdrantConfig['creation']['quantization'], Pick<Schemas['CreateCollection'], 'quantization_config'>>
> = {
  none: {},
  scalar: { quantization_config: { scalar: { type: 'int8', quantile: 0.99, always_ram: true } } },
  binary: { quantization_config: { binary: { always_ram: true } } },
};

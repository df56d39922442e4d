import { hash } from 'node:crypto';
import { TimeSlice } from '../../common/async/time-slice.js';
import { PackedVector } from './packed-vector.js';
import { decodeVector } from './vector-bytes.js';

const NAMESPACE = 'embedding';

/** The part of the cache that vectors need. A cache that fails answers `undefined`; neither function ever rejects. */
export interface EmbeddingCacheStore {
  getMany(namespace: string, keys: readonly string[]): Promise<unknown[]>;
  setMany(
    namespace: string,
    entries: readonly (readonly [key: string, value: unknown])[],
    ttlMs: number,
  ): Promise<void>;
}

export interface EmbeddingCacheOptions {
  readonly store: EmbeddingCacheStore;
  readonly modelId: string;
  readonly ttlMs: number;
}

/** What the cache says about a text. */
export interface CachedVector<Item> {
  readonly item: Item;
  readonly key: string;
  /** Null when there is none, or none of the right length. */
  readonly vector: Float32Array | null;
}

/** Vectors of one model in the cache, as 32-bit floats. Keys hold no text, only a hash of it. */
export class EmbeddingCache {
  constructor(private readonly options: EmbeddingCacheOptions) {}

  async find<Item extends { readonly text: string }>(
    items: readonly Item[],
    dimensions: number | null,
  ): Promise<CachedVector<Item>[]> {
    const keyed = await this.withKeys(items, dimensions);
    const values = await this.options.store.getMany(
      NAMESPACE,
      keyed.map(({ key }) => key),
    );
    return keyed.map(({ item, key }, index) => ({
      item,
      key,
      vector: readVector(values[index], dimensions),
    }));
  }

  async save(entries: readonly (readonly [key: string, vector: Float32Array])[]): Promise<void> {
    const packed = entries.map(([key, vector]) => [key, new PackedVector(vector)] as const);
    await this.options.store.setMany(NAMESPACE, packed, this.options.ttlMs);
  }

  private async withKeys<Item extends { readonly text: string }>(
    items: readonly Item[],
    dimensions: number | null,
  ): Promise<{ item: Item; key: string }[]> {
    const slice = new TimeSlice();
    const scope = JSON.stringify([this.options.modelId, dimensions]);
    const keyed: { item: Item; key: string }[] = [];
    for (const item of items) {
      keyed.push({ item, key: hash('sha256', scope + item.text, 'base64url') });
      if (slice.isOver) await slice.breathe();
    }
    return keyed;
  }
}

function readVector(value: unknown, dimensions: number | null): Float32Array | null {
  const vector = unpack(value);
  return dimensions === null || vector?.length === dimensions ? vector : null;
}

function unpack(value: unknown): Float32Array | null {
  if (value instanceof PackedVector) return value.vector;
  return typeof value === 'string' ? decodeVector(value) : null;
}

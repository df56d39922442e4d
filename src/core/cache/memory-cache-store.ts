import { memoryStore, type MemoryStore } from 'cache-manager';
import { BinaryValue, CacheStore, type StoreEntry } from './cache-store.js';

/** What an entry costs beside its key and value: slots in the index, pointers, headers. */
const ENTRY_OVERHEAD_BYTES = 256;

/** Heap bytes per character of JSON; enough for arrays of one-digit numbers, the most that JSON hides. */
const HEAP_BYTES_PER_JSON_CHARACTER = 4;

/** Keeps values in this process, and at most so many bytes of them: the least recently used make room. */
export class MemoryCacheStore extends CacheStore {
  override readonly kind = 'memory';
  override readonly isConnected = true;
  private readonly store: MemoryStore;

  constructor(maxBytes: number) {
    super();
    this.store = memoryStore({
      // Without a maximum the library takes 500 entries; 0 leaves the bytes as the only bound.
      max: 0,
      maxSize: maxBytes,
      sizeCalculation: estimateEntryBytes,
      ttl: 0,
      // The purge is a timer for each entry, and timers can't wait longer than 24.8 days.
      ttlAutopurge: false,
      shouldCloneBeforeSet: false,
    });
  }

  override getMany(keys: readonly string[]): Promise<unknown[]> {
    return this.store.mget(...keys);
  }

  override setMany(entries: readonly StoreEntry[], ttlMs: number): Promise<void> {
    return this.store.mset(
      entries.map(([key, value]) => [key, value]),
      ttlMs,
    );
  }

  override delete(key: string): Promise<void> {
    return this.store.del(key);
  }

  override close(): void {
    void this.store.reset();
  }
}

function estimateEntryBytes(value: unknown, key: string): number {
  return ENTRY_OVERHEAD_BYTES + Buffer.byteLength(key) + estimateValueBytes(value);
}

function estimateValueBytes(value: unknown): number {
  if (value instanceof BinaryValue) return value.byteLength;
  return typeof value === 'string'
    ? Buffer.byteLength(value)
    : JSON.stringify(value).length * HEAP_BYTES_PER_JSON_CHARACTER;
}

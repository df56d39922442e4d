/** A stored value under its full key. */
export type StoreEntry = readonly [key: string, value: unknown];

/**
 * A value that is more than JSON, and whose memory is known: where values are kept as they are, it comes back itself,
 * elsewhere as what `toJSON` makes of it.
 */
export abstract class BinaryValue {
  abstract readonly byteLength: number;

  abstract toJSON(): unknown;
}

/**
 * Where cached values are kept. A store only stores: it may reject and may stall; time limits, outages and keys are
 * the business of `CacheService`. Values are JSON values other than null, or `BinaryValue`, and nobody changes one after
 * handing it over.
 */
export abstract class CacheStore {
  abstract readonly kind: 'memory' | 'redis';

  /** Whether there is a connection; says nothing about how well it works. */
  abstract readonly isConnected: boolean;

  /** @param keys at least one; the values come in their order, null or undefined for a miss */
  abstract getMany(keys: readonly string[]): Promise<unknown[]>;

  /** @param ttlMs a positive whole number */
  abstract setMany(entries: readonly StoreEntry[], ttlMs: number): Promise<void>;

  abstract delete(key: string): Promise<void>;

  /** Ends the connection at once, whatever state it is in. */
  abstract close(): void;
}

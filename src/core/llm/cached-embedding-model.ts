import { createHash } from 'node:crypto';
import { Deferred } from '../../common/async/deferred.js';
import { SharedInterest } from '../../common/async/shared-interest.js';
import { TimeSlice } from '../../common/async/time-slice.js';
import {
  type EmbeddedText,
  EmbeddingModel,
  type EmbeddingModelDescriptor,
  type EmbeddingRequest,
} from './embedding-model.js';
import { isInputRefused } from './provider-failure.js';
import { decodeVector, encodeVector } from './vector-bytes.js';

const NAMESPACE = 'embedding';

/** The part of the cache that vectors need. Neither function ever rejects. */
export interface EmbeddingCache {
  getMany<T>(namespace: string, keys: readonly string[]): Promise<(T | undefined)[]>;
  setMany<T>(namespace: string, entries: readonly (readonly [string, T])[], ttlMs: number): Promise<void>;
}

export interface EmbeddingCacheOptions {
  readonly cache: EmbeddingCache;
  readonly ttlMs: number;
}

/** The texts that one request was the first to want, while they are looked up and embedded. */
interface Lookup {
  readonly interest: SharedInterest;
  readonly dimensions: number | undefined;
  /** How many of its texts had to be embedded. */
  missCount: number;
}

/** One text on its way: whoever else wants it meanwhile waits for the same result. */
interface Flight {
  readonly claim: string;
  readonly text: string;
  readonly lookup: Lookup;
  readonly result: Deferred<EmbeddedText>;
}

/**
 * Embeds no text twice: what is in the cache is taken from there, what is on its way for another request is waited
 * for, and the rest of a request goes to the inner model as one call.
 */
export class CachedEmbeddingModel extends EmbeddingModel {
  private readonly flights = new Map<string, Flight>();
  private readonly ownDimensions: number | null;

  constructor(
    private readonly inner: EmbeddingModel,
    private readonly options: EmbeddingCacheOptions,
  ) {
    super();
    this.ownDimensions = inner.descriptor.dimensions;
  }

  get descriptor(): EmbeddingModelDescriptor {
    return this.inner.descriptor;
  }

  async embed(request: EmbeddingRequest): Promise<EmbeddedText[]> {
    request.signal?.throwIfAborted();
    const { claimed, joined } = this.takePlaces(request);
    // Claims are made in the same turn as the request arrives; nothing may be awaited before this line.
    if (claimed.length > 0) void this.lookUp(claimed);
    const results = new Map<string, EmbeddedText>();
    await Promise.all([
      ...(claimed.length > 0 ? [collect(claimed, request, results)] : []),
      ...[...groupByLookup(joined).values()].map((flights) => this.joinFlights(flights, request, results)),
    ]);
    return inOrder(request.texts, results);
  }

  private takePlaces({ texts, dimensions }: EmbeddingRequest): { claimed: Flight[]; joined: Flight[] } {
    const claimed: Flight[] = [];
    const joined: Flight[] = [];
    const lookup: Lookup = { interest: new SharedInterest(), dimensions, missCount: 0 };
    for (const text of new Set(texts)) {
      const claim = `${this.dimensionsOf(dimensions)}\n${text}`;
      const existing = this.flights.get(claim);
      if (existing && !existing.lookup.interest.signal.aborted) {
        joined.push(existing);
        continue;
      }
      const flight: Flight = { claim, text, lookup, result: new Deferred() };
      this.flights.set(claim, flight);
      claimed.push(flight);
    }
    return { claimed, joined };
  }

  /** Results, once they are there, and the claims are given up when the results are in the cache. */
  private async lookUp(claimed: readonly Flight[]): Promise<void> {
    try {
      const keys = await this.keysOf(claimed);
      const misses = await this.landHits(claimed, keys);
      if (misses.length > 0) await this.embedMisses(misses, keys);
    } catch (error) {
      for (const { result } of claimed) result.reject(error);
    } finally {
      for (const flight of claimed) this.release(flight);
    }
  }

  private async landHits(claimed: readonly Flight[], keys: ReadonlyMap<Flight, string>): Promise<Flight[]> {
    const values = await this.options.cache.getMany<string>(NAMESPACE, [...keys.values()]);
    return claimed.filter((flight, index) => {
      const vector = this.readVector(values[index], flight.lookup.dimensions);
      if (vector) flight.result.resolve({ vector, promptTokens: 0, cached: true });
      return vector === null;
    });
  }

  private async embedMisses(misses: readonly Flight[], keys: ReadonlyMap<Flight, string>): Promise<void> {
    const lookup = misses[0]?.lookup;
    if (!lookup) return;
    lookup.missCount = misses.length;
    const { signal } = lookup.interest;
    signal.throwIfAborted();
    const embedded = await this.inner.embed({
      texts: misses.map(({ text }) => text),
      dimensions: lookup.dimensions,
      signal,
    });
    const entries: [string, string][] = [];
    for (const [index, flight] of misses.entries()) {
      const result = embedded[index];
      if (!result)
        throw new Error(`${this.descriptor.id} embedded ${embedded.length} of ${misses.length} texts`);
      flight.result.resolve(result);
      entries.push([keys.get(flight) ?? '', encodeVector(result.vector)]);
    }
    await this.options.cache.setMany(NAMESPACE, entries, this.options.ttlMs);
  }
}

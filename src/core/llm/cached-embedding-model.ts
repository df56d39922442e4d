import { Deferred } from '../../common/async/deferred.js';
import { SharedInterest } from '../../common/async/shared-interest.js';
import { currentTenant } from '../../common/http/request-context.js';
import type { EmbeddingCache } from './embedding-cache.js';
import {
  type EmbeddedText,
  EmbeddingModel,
  type EmbeddingModelDescriptor,
  type EmbeddingRequest,
} from './embedding-model.js';
import { isInputRefused } from './provider-failure.js';

/** One text on its way. Whoever else wants it meanwhile waits for the same result. */
interface Flight {
  readonly claim: string;
  readonly text: string;
  readonly lookup: Lookup;
  readonly result: Deferred<EmbeddedText>;
}

type Result = readonly [text: string, EmbeddedText];

/** The texts that one request was the first to want. */
interface Lookup {
  readonly interest: SharedInterest;
  readonly dimensions: number | undefined;
  readonly flights: Flight[];
  /** Those of them that the cache doesn't have, with their keys. */
  readonly misses: Map<Flight, string>;
}

/**
 * Embeds no text twice: what the cache has is taken from there, what is on its way for another request of the same tenant is
 * waited for,
 * and the rest of a request goes to the inner model as one call.
 */
export class CachedEmbeddingModel extends EmbeddingModel {
  private readonly flights = new Map<string, Flight>();
  private readonly ownDimensions: number | null;

  constructor(
    private readonly inner: EmbeddingModel,
    private readonly cache: EmbeddingCache,
  ) {
    super();
    // Remembered, because a model that learns its dimensions by being called must not change its keys by that.
    this.ownDimensions = inner.descriptor.dimensions;
  }

  get descriptor(): EmbeddingModelDescriptor {
    return this.inner.descriptor;
  }

  async embed(request: EmbeddingRequest): Promise<EmbeddedText[]> {
    request.signal?.throwIfAborted();
    const { lookup, joined } = this.claimOrJoin(request);
    if (lookup.flights.length > 0) void this.lookUp(lookup);
    const results = Promise.all([
      landed(lookup.flights),
      ...[...joined].map(([other, flights]) => this.join(flights, other, request)),
    ]);
    const interests = [lookup, ...joined.keys()].map(({ interest }) => interest);
    const parts = await SharedInterest.waitInAll(interests, results, request.signal);
    return inOrder(request.texts, new Map(parts.flat()));
  }

  /** Synchronous, so that of requests that arrive together only the first finds a text unclaimed. */
  private claimOrJoin({ texts, dimensions }: EmbeddingRequest): {
    lookup: Lookup;
    joined: Map<Lookup, Flight[]>;
  } {
    const lookup: Lookup = { interest: new SharedInterest(), dimensions, flights: [], misses: new Map() };
    const joined = new Map<Lookup, Flight[]>();
    for (const text of new Set(texts)) {
      const claim = `${currentTenant()}\n${this.dimensionsOf(lookup)}\n${text}`;
      const existing = this.flights.get(claim);
      if (existing && !existing.lookup.interest.signal.aborted) {
        const companions = joined.get(existing.lookup);
        if (companions) companions.push(existing);
        else joined.set(existing.lookup, [existing]);
      } else {
        const flight: Flight = { claim, text, lookup, result: new Deferred() };
        this.flights.set(claim, flight);
        lookup.flights.push(flight);
      }
    }
    return { lookup, joined };
  }

  /** Settles the flights as their results come in, and gives up the claims once the results are in the cache. */
  private async lookUp(lookup: Lookup): Promise<void> {
    try {
      await this.takeFromCache(lookup);
      if (lookup.misses.size > 0) await this.embedMisses(lookup);
    } catch (error) {
      for (const flight of lookup.flights) flight.result.reject(error);
    } finally {
      for (const flight of lookup.flights) this.release(flight);
    }
  }

  private async takeFromCache(lookup: Lookup): Promise<void> {
    for (const { item, key, vector } of await this.cache.find(lookup.flights, this.dimensionsOf(lookup))) {
      if (vector) item.result.resolve(free(vector));
      else lookup.misses.set(item, key);
    }
  }

  private async embedMisses({ interest, dimensions, misses }: Lookup): Promise<void> {
    interest.signal.throwIfAborted();
    const texts = [...misses.keys()].map(({ text }) => text);
    const embedded = await this.inner.embed({ texts, dimensions, signal: interest.signal });
    const entries: [string, Float32Array][] = [];
    for (const [index, [flight, key]] of [...misses].entries()) {
      const result = embedded[index];
      if (!result) throw new Error(`${this.descriptor.id} left out a text`);
      flight.result.resolve(result);
      entries.push([key, result.vector]);
    }
    await this.cache.save(entries);
  }

  /** Waits for what another request is after. */
  private async join(
    flights: readonly Flight[],
    lookup: Lookup,
    request: EmbeddingRequest,
  ): Promise<Result[]> {
    try {
      const results = await landed(flights);
      return results.map(([text, { vector }]) => [text, free(vector)]);
    } catch (error) {
      const wanted = flights.filter((flight) => lookup.misses.has(flight));
      const othersMayBeToBlame = isInputRefused(error) && wanted.length < lookup.misses.size;
      if (!othersMayBeToBlame) throw error;
      const texts = flights.map(({ text }) => text);
      const results = await this.embed({ ...request, texts });
      return results.map((result, index) => [texts[index] ?? '', result]);
    }
  }

  private dimensionsOf({ dimensions }: Lookup): number | null {
    return dimensions ?? this.ownDimensions;
  }

  private release(flight: Flight): void {
    if (this.flights.get(flight.claim) === flight) this.flights.delete(flight.claim);
  }
}

async function landed(flights: readonly Flight[]): Promise<Result[]> {
  const results = await Promise.all(flights.map(({ result }) => result.promise));
  return flights.map(({ text }, index) => [text, results[index] as EmbeddedText]);
}

/** A vector that cost this request nothing. */
function free(vector: Float32Array): EmbeddedText {
  return { vector, promptTokens: 0, cached: true };
}

/** One result a text. A text that comes again gets its vector for free. */
function inOrder(texts: readonly string[], results: ReadonlyMap<string, EmbeddedText>): EmbeddedText[] {
  const seen = new Set<string>();
  return texts.map((text) => {
    const result = results.get(text);
    if (!result) throw new Error('A text was neither claimed nor joined.');
    const comesAgain = seen.has(text);
    seen.add(text);
    return comesAgain ? free(result.vector) : result;
  });
}

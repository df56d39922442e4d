import type { GraphShape } from './vector-index.js';

/** How a collection's vectors are indexed and searched. */
export interface IndexParameters extends GraphShape {
  /** Numbers in all vectors (chunks × dimensions) from which on an index pays. */
  readonly minNumbers: number;
  /** Candidates that a search of the index keeps in view: more find more of the nearest and take longer. */
  readonly efSearch: number;
  /** Most chunks that a filter may let through for all of them to be compared. */
  readonly exactMatches: number;
  /** Most chunks that a filtered search of the index visits before all that the filter lets through are compared. */
  readonly maxScanTuples: number;
}

/** pgvector's own limit of `hnsw.ef_search`. */
export const MAX_EF_SEARCH = 1000;

const DEFAULTS = {
  m: 16,
  efConstruction: 64,
  minNumbers: 15_000_000,
  exactMatches: 5000,
  maxScanTuples: 20_000,
};

/** Long vectors are all about as far from each other, so that a search has to keep more of them in view. */
const EF_SEARCH_BY_DIMENSIONS: readonly (readonly [number, number])[] = [
  [512, 120],
  [1024, 200],
  [Infinity, 400],
];

/** The defaults for vectors of that length, but for what a collection has of its own. */
export function indexParameters(dimensions: number, own: Partial<IndexParameters> = {}): IndexParameters {
  const [, efSearch] = EF_SEARCH_BY_DIMENSIONS.find(([most]) => dimensions <= most) ?? [Infinity, 400];
  return { ...DEFAULTS, efSearch, ...own };
}

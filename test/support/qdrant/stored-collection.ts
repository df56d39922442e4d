import { passes, type Payload, pick, type QdrantFilter } from './payload-filter.js';

interface Sparse {
  readonly indices: readonly number[];
  readonly values: readonly number[];
}

export interface Point {
  readonly id: string;
  readonly vector: Readonly<Record<string, number[] | Sparse>>;
  payload: Payload;
}

export interface Search {
  readonly query: number[] | Sparse;
  readonly using: string;
  readonly filter?: QdrantFilter;
  readonly limit?: number;
  readonly with_payload?: PayloadSelector;
}

export type PayloadSelector =
  | boolean
  | readonly string[]
  | { readonly include: readonly string[] }
  | { readonly exclude: readonly string[] };

/** What a request did wrong, as Qdrant says it with status 400. */
export class WrongRequest extends Error {}

/** A collection of Qdrant's in memory, searched exactly. */
export class StoredCollection {
  private readonly points = new Map<string, Point>();
  readonly indexes = new Map<string, unknown>();

  constructor(
    private readonly sizes: ReadonlyMap<string, number>,
    private readonly sparse: ReadonlySet<string>,
  ) {}

  get count(): number {
    return this.points.size;
  }

  upsert(points: readonly Point[]): void {
    for (const point of points) {
      for (const [name, vector] of Object.entries(point.vector)) this.requireVector(name, vector);
    }
    for (const point of points) this.points.set(point.id, normalized(point));
  }

  search({ query, using, filter, limit = 10, with_payload: selector = false }: Search) {
    this.requireVector(using, query);
    const scored = [...this.matching(filter)].flatMap((point) => {
      const vector = point.vector[using];
      const score = vector === undefined ? null : similarity(query, vector);
      return score === null
        ? []
        : [{ id: point.id, version: 0, score, payload: select(point.payload, selector) }];
    });
    return { points: scored.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1)).slice(0, limit) };
  }

  scroll(filter: QdrantFilter | undefined, limit: number, offset: string | null | undefined) {
    const all = [...this.matching(filter)]
      .filter(({ id }) => offset === null || offset === undefined || id >= offset)
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    return { points: all.slice(0, limit), next: all[limit]?.id ?? null };
  }

  get(ids: readonly string[]): Point[] {
    return ids.flatMap((id) => this.points.get(id) ?? []);
  }

  setPayload(filter: QdrantFilter, payload: Payload): void {
    for (const point of this.matching(filter)) point.payload = { ...point.payload, ...payload };
  }

  delete(filter: QdrantFilter): void {
    for (const { id } of [...this.matching(filter)]) this.points.delete(id);
  }

  private *matching(filter: QdrantFilter | undefined): Iterable<Point> {
    for (const point of this.points.values()) if (passes(filter, point.id, point.payload)) yield point;
  }

  private requireVector(name: string, vector: number[] | Sparse): void {
    if (Array.isArray(vector)) {
      const size = this.sizes.get(name);
      if (size === undefined) throw new WrongRequest(`Wrong input: Not existing vector name error: ${name}`);
      if (size !== vector.length) {
        throw new WrongRequest(
          `Wrong input: Vector dimension error: expected dim: ${size}, got ${vector.length}`,
        );
      }
    } else {
      if (!this.sparse.has(name))
        throw new WrongRequest(`Wrong input: Not existing vector name error: ${name}`);
      if (
        vector.indices.length !== vector.values.length ||
        new Set(vector.indices).size !== vector.indices.length
      ) {
        throw new WrongRequest('Validation error: indices must be unique and as many as values');
      }
    }
  }
}

export function select(payload: Payload, selector: PayloadSelector): Payload | null {
  if (selector === false) return null;
  if (selector === true) return payload;
  if ('exclude' in selector) {
    return Object.fromEntries(Object.entries(payload).filter(([key]) => !selector.exclude.includes(key)));
  }
  return pick(payload, 'include' in selector ? selector.include : selector);
}

/** Cosine collections keep vectors at length 1. */
function normalized(point: Point): Point {
  const vector = Object.fromEntries(
    Object.entries(point.vector).map(([name, value]) => [name, Array.isArray(value) ? unit(value) : value]),
  );
  return { ...point, vector };
}

function unit(vector: readonly number[]): number[] {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return vector.map((value) => Math.fround(length === 0 ? value : value / length));
}

/** Null where a sparse query and a vector share nothing: such points are not found. */
function similarity(query: number[] | Sparse, vector: number[] | Sparse): number | null {
  if (Array.isArray(query) && Array.isArray(vector)) {
    return Math.fround(unit(query).reduce((sum, value, index) => sum + value * (vector[index] ?? 0), 0));
  }
  if (Array.isArray(query) || Array.isArray(vector)) return null;
  const weights = new Map(query.indices.map((index, position) => [index, query.values[position] ?? 0]));
  const shared = vector.indices.map(
    (index, position) => (weights.get(index) ?? NaN) * (vector.values[position] ?? 0),
  );
  const products = shared.filter((product) => !Number.isNaN(product));
  return products.length === 0 ? null : Math.fround(products.reduce((sum, product) => sum + product, 0));
}

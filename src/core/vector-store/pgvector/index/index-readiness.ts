import type { Queryable } from '../../../database/database.js';
import type { Collection } from '../../vector-store.js';
import { type IndexParameters, indexParameters } from './index-parameters.js';
import { vectorIndex } from './vector-index.js';

/** How long what was read about an index is believed. A search without its index is slow, but not wrong. */
const FRESH_MS = 5000;
/** Most collections about which something is remembered. */
const MAX_REMEMBERED = 10_000;

interface IndexRow {
  readonly is_valid: boolean;
  readonly index_parameters: Partial<IndexParameters>;
}

interface Remembered {
  readonly at: number;
  readonly parameters: Promise<IndexParameters | null>;
}

/** Which collections have an index to search, looked up again every few seconds. */
export class IndexReadiness {
  private readonly remembered = new Map<number, Remembered>();

  constructor(private readonly database: Queryable) {}

  /** How to search the collection's index; null where there is none, or it is still being built. */
  searchParameters(collection: Collection): Promise<IndexParameters | null> {
    const known = this.remembered.get(collection.id);
    if (known !== undefined && performance.now() - known.at < FRESH_MS) return known.parameters;
    const parameters = this.read(collection);
    this.remember(collection.id, parameters);
    return parameters;
  }

  private async read({ id, dimensions }: Collection): Promise<IndexParameters | null> {
    const [row] = await this.database.query<IndexRow>(
      `select indisvalid as is_valid, index_parameters
       from collections join pg_index on indexrelid = to_regclass($2) where id = $1`,
      [id, vectorIndex(id)],
    );
    return row?.is_valid === true ? indexParameters(dimensions, row.index_parameters) : null;
  }

  private remember(id: number, parameters: Promise<IndexParameters | null>): void {
    this.remembered.delete(id);
    this.remembered.set(id, { at: performance.now(), parameters });
    parameters.catch(() => this.remembered.delete(id));
    const [oldest] = this.remembered.keys();
    if (this.remembered.size > MAX_REMEMBERED && oldest !== undefined) this.remembered.delete(oldest);
  }
}

import { ShortMemory } from '../../../../common/async/short-memory.js';
import type { Queryable } from '../../../database/database.js';
import type { Collection } from '../../vector-store.js';
import { type IndexParameters, indexParameters } from './index-parameters.js';
import { vectorIndex } from './vector-index.js';

interface IndexRow {
  readonly is_valid: boolean;
  readonly index_parameters: Partial<IndexParameters>;
}

/** Which collections have an index to search, looked up again every few seconds. */
export class IndexReadiness {
  /** A search without its index is slow, but not wrong. */
  private readonly remembered = new ShortMemory<number, IndexParameters | null>({
    freshMs: 5000,
    maxRemembered: 10_000,
  });

  constructor(private readonly database: Queryable) {}

  /** How to search the collection's index; null where there is none, or it is still being built. */
  searchParameters(collection: Collection): Promise<IndexParameters | null> {
    return this.remembered.get(collection.id, () => this.read(collection));
  }

  private async read({ id, dimensions }: Collection): Promise<IndexParameters | null> {
    const [row] = await this.database.query<IndexRow>(
      `select indisvalid as is_valid, index_parameters
       from collections join pg_index on indexrelid = to_regclass($2) where id = $1`,
      [id, vectorIndex(id)],
    );
    return row?.is_valid === true ? indexParameters(dimensions, row.index_parameters) : null;
  }
}

import type { Queryable } from '../../../database/database.js';
import { CHUNK_TABLE_PREFIX } from '../tables.js';
import { type IndexParameters, indexParameters } from './index-parameters.js';
import { INDEX_SUFFIX, MAX_INDEXED_DIMENSIONS } from './vector-index.js';

/** A load is let finish before its collection is indexed: adding to an index is many times slower than building it. */
const QUIET_SECONDS = 10;
/** How many times larger than what is worth an index a collection is that gets one although it never rests. */
const RESTLESS_FACTOR = 20;

/** A collection that is large enough for an index and has none, or none that is whole. */
export interface UnindexedCollection {
  readonly id: number;
  readonly dimensions: number;
  readonly chunks: number;
  readonly parameters: IndexParameters;
}

interface UnindexedRow extends Omit<UnindexedCollection, 'parameters'> {
  readonly index_parameters: Partial<IndexParameters>;
  readonly is_quiet: boolean;
}

const UNINDEXED = `
  select id, dimensions, chunk_count::float8 as chunks, index_parameters,
    updated_at < now() - make_interval(secs => ${QUIET_SECONDS}) as is_quiet
  from collections
  where dimensions <= ${MAX_INDEXED_DIMENSIONS} and chunk_count > 0
    and to_regclass('${CHUNK_TABLE_PREFIX}' || id) is not null
    and not exists (
      select from pg_index
      where indexrelid = to_regclass('${CHUNK_TABLE_PREFIX}' || id || '${INDEX_SUFFIX}') and indisvalid
    )
  order by id`;

/** @param evenIfRestless whether those too that were written to a moment ago */
export async function unindexedCollections(
  database: Queryable,
  evenIfRestless = false,
): Promise<UnindexedCollection[]> {
  const rows = await database.query<UnindexedRow>(UNINDEXED);
  return rows.flatMap(({ id, dimensions, chunks, index_parameters, is_quiet }) => {
    const parameters = indexParameters(dimensions, index_parameters);
    const worthwhile = parameters.minNumbers * (is_quiet || evenIfRestless ? 1 : RESTLESS_FACTOR);
    return chunks * dimensions < worthwhile ? [] : [{ id, dimensions, chunks, parameters }];
  });
}

import type { SqlParameters } from '../filter/sql-parameters.js';
import type { Collection, SearchRequest } from '../vector-store.js';
import { encodeVector } from './binary-vectors.js';
import { filterClause, filterExpression, isUnfiltered } from './filter-clause.js';
import { type IndexParameters, MAX_EF_SEARCH } from './index/index-parameters.js';
import { indexedVector } from './index/vector-index.js';
import { chunkTable } from './tables.js';

/** Rows that the index hands over for each one that is asked for, to be put in order by their whole vectors. */
const OVERSAMPLING = 2;
/** The same under a filter, where what the index finds first is less surely the nearest. */
const FILTERED_OVERSAMPLING = 10;

/**
 * The common table expression `dense (id, score)`, and those that it needs: the nearest chunks by cosine.
 * @param index how to search the collection's index; null where there is none
 */
export function denseSide(
  collection: Collection,
  request: SearchRequest,
  parameters: SqlParameters,
  depth: number,
  index: IndexParameters | null,
): string {
  const { vector } = request;
  if (vector === null) throw new Error(`A ${request.mode} search needs the query's vector.`);
  const search: DenseSearch = {
    collection,
    request,
    parameters,
    depth,
    vector: `${parameters.add(encodeVector(vector))}::vector`,
    chunks: `${chunkTable(collection.id)} chunk`,
  };
  // Nothing is near to a vector of zeros.
  if (index === null || vector.every((value) => value === 0)) return `dense as (${exact(search)})`;
  return isUnfiltered(request) ? unfiltered(search, index) : filtered(search, index);
}

interface DenseSearch {
  readonly collection: Collection;
  readonly request: SearchRequest;
  readonly parameters: SqlParameters;
  readonly depth: number;
  /** The query's vector in SQL. */
  readonly vector: string;
  readonly chunks: string;
}

/** Compares all chunks that the filter lets through. */
function exact(search: DenseSearch): string {
  const { collection, request, parameters, chunks } = search;
  return nearest(search, `select chunk.* from ${chunks} ${filterClause(collection, request, parameters)}`);
}

function nearest({ vector, depth }: DenseSearch, chunks: string): string {
  // The distance to a vector of zeros is NaN.
  return `
    select id, coalesce(1 - nullif(embedding <=> ${vector}, 'NaN'), 0) as score
    from (${chunks}) chunk
    order by embedding <=> ${vector}, id
    limit ${depth}`;
}

function unfiltered(search: DenseSearch, index: IndexParameters): string {
  return `${scanSettings(search, index)},
    dense as (${nearest(search, fromIndex(search, OVERSAMPLING))})`;
}

/**
 * Few matches are all compared. Of many, the index finds the nearest, unless they are all so far away that it gives
 * up; then all are compared as well. Each way runs only when the rows that it depends on say so.
 */
function filtered(search: DenseSearch, index: IndexParameters): string {
  const { collection, request, parameters, chunks } = search;
  const filter = () => filterClause(collection, request, parameters);
  const fewMatches = `(select count(*) from match_of_filter) <= ${index.exactMatches}`;
  return `
    match_of_filter as materialized (
      select chunk.id from ${chunks} ${filter()} limit ${index.exactMatches + 1}
    ),
    ${scanSettings(search, index)},
    found_by_index as materialized (
      select * from (${fromIndex(search, FILTERED_OVERSAMPLING)}) found where not ${fewMatches}
    ),
    dense as (${nearest(
      search,
      `select chunk.* from ${chunks} join match_of_filter using (id) where ${fewMatches}
       union all
       select chunk.* from found_by_index found join ${chunks} using (id)
       where (select count(*) from found_by_index) >= ${search.depth}
       union all
       select chunk.* from (select chunk.* from ${chunks} ${filter()}) chunk
       where not ${fewMatches} and (select count(*) from found_by_index) < ${search.depth}`,
    )})`;
}

/**
 * The common table expression `scan`, one row that is true, which sets how the index is searched in the rest of this
 * statement. Whoever searches the index has to ask for that row first.
 */
function scanSettings({ depth }: DenseSearch, index: IndexParameters): string {
  const efSearch = Math.min(MAX_EF_SEARCH, Math.max(index.efSearch, OVERSAMPLING * depth));
  const settings = {
    'hnsw.ef_search': efSearch,
    'hnsw.iterative_scan': 'relaxed_order',
    'hnsw.max_scan_tuples': index.maxScanTuples,
  };
  const calls = Object.entries(settings).map(([name, value]) => `set_config('${name}', '${value}', true)`);
  return `scan as materialized (select ${calls.join(' || ')} is not null as is_set)`;
}

function fromIndex(search: DenseSearch, oversampling: number): string {
  const { collection, request, parameters, chunks, depth, vector } = search;
  return `
    select chunk.id, chunk.embedding from ${chunks}
    where (select is_set from scan) and ${filterExpression(collection, request, parameters)}
    order by ${indexedVector('chunk', collection)} <=> ${vector}::halfvec(${collection.dimensions})
    limit ${oversampling * depth}`;
}

import { B, countTerms, K1, MIN_CANDIDATES } from '../bm25.js';
import { SqlParameters } from '../filter/sql-parameters.js';
import type { Collection, SearchRequest } from '../vector-store.js';
import { denseSide } from './dense-side.js';
import { filterClause, isUnfiltered } from './filter-clause.js';
import type { IndexParameters } from './index/index-parameters.js';
import { chunkTable, postingTable } from './tables.js';

export interface Statement {
  readonly text: string;
  readonly parameters: readonly unknown[];
}

/**
 * One statement for the whole search, because one statement sees the collection as of one moment: a document that
 * is being replaced is found in its old or its new form, never lost between two reads.
 * @param index how to search the index on the vectors; null where there is none
 */
export function searchStatement(
  collection: Collection,
  request: SearchRequest,
  index: IndexParameters | null,
): Statement {
  const parameters = new SqlParameters();
  // `offset 0` makes each of the few hits a look into the tables' keys, whatever the planner believes of their sizes.
  const text = `
    with ${candidates(collection, request, parameters, index)},
    hit as materialized (
      select * from candidate
      where score >= ${parameters.add(request.minScore)}
      order by score desc, id
      limit ${parameters.add(request.limit)}
    )
    select chunk.document_id, chunk.chunk_index, chunk.text, hit.score, hit.dense_score, hit.keyword_score,
      document.title, document.source, document.source_type, chunk.metadata || document.metadata as metadata
    from hit
    cross join lateral (select * from ${chunkTable(collection.id)} where id = hit.id offset 0) chunk
    cross join lateral (
      select * from documents where collection_id = chunk.collection_id and id = chunk.document_id offset 0
    ) document
    order by hit.score desc, hit.id`;
  return { text, parameters: parameters.values };
}

/** The common table expression `candidate (id, score, dense_score, keyword_score)`, and those that it needs. */
function candidates(
  collection: Collection,
  request: SearchRequest,
  parameters: SqlParameters,
  index: IndexParameters | null,
): string {
  switch (request.mode) {
    case 'dense':
      return `
        ${denseSide(collection, request, parameters, request.limit, index)},
        candidate as (
          select id, ${DENSE_SHARE} as score, score as dense_score, null::float8 as keyword_score from dense
        )`;
    case 'keyword':
      return `
        ${keywordSide(collection, request, parameters, request.limit)},
        candidate as (
          select id, score, null::float8 as dense_score, score as keyword_score from keyword
        )`;
    case 'hybrid':
      return hybridCandidates(collection, request, parameters, index);
  }
}

const DENSE_SHARE = 'greatest(coalesce(dense.score, 0), 0)';

function hybridCandidates(
  collection: Collection,
  request: SearchRequest,
  parameters: SqlParameters,
  index: IndexParameters | null,
): string {
  const depth = Math.max(MIN_CANDIDATES, request.limit);
  const weight = `${parameters.add(request.denseWeight)}::float8`;
  return `
    ${denseSide(collection, request, parameters, depth, index)},
    ${keywordSide(collection, request, parameters, depth)},
    candidate as (
      select id, ${weight} * ${DENSE_SHARE} + (1 - ${weight}) * coalesce(keyword.score, 0) as score,
        dense.score as dense_score, keyword.score as keyword_score
      from dense full join keyword using (id)
    )`;
}

/** The common table expression `keyword (id, score)`, and those that it needs. */
function keywordSide(
  collection: Collection,
  request: SearchRequest,
  parameters: SqlParameters,
  depth: number,
): string {
  const frequencies = countTerms(request.query);
  const terms = parameters.add([...frequencies.keys()]);
  const counts = parameters.add([...frequencies.values()]);
  // `offset 0` keeps the planner from reading all postings when it has no statistics, as right after a bulk load.
  // A term's share of BM25 is below its weight, so the sum of the weights brings the score into 0..1.
  return `
    corpus as (
      select greatest(chunk_count, 1)::float8 as chunks,
        greatest(term_count, 1)::float8 / greatest(chunk_count, 1) as average_length
      from collections where id = ${parameters.add(collection.id)}
    ),
    query (term, count) as (select * from unnest(${terms}::text[], ${counts}::int[])),
    match as materialized (
      select query.term, posting.chunk_id, posting.frequency, posting.chunk_term_count
      from query cross join lateral (
        select * from ${postingTable(collection.id)} where term = query.term offset 0
      ) posting
    ),
    query_term as materialized (
      select query.term, query.count * ln(1 + (corpus.chunks - count(match.term) + 0.5)
        / (count(match.term) + 0.5)) as weight
      from query cross join corpus left join match on match.term = query.term
      group by query.term, query.count, corpus.chunks
    ),
    keyword as (
      select match.chunk_id as id,
        sum(query_term.weight * match.frequency / (match.frequency + ${K1}::float8
          * (${1 - B}::float8 + ${B}::float8 * match.chunk_term_count / corpus.average_length)))
        / nullif((select sum(weight) from query_term), 0) as score
      from match join query_term on query_term.term = match.term cross join corpus
      ${keywordFilterClause(collection, request, parameters)}
      group by match.chunk_id
      order by score desc, match.chunk_id
      limit ${depth}
    )`;
}

function keywordFilterClause(
  collection: Collection,
  request: SearchRequest,
  parameters: SqlParameters,
): string {
  if (isUnfiltered(request)) return '';
  return `
    join ${chunkTable(collection.id)} chunk on chunk.id = match.chunk_id
    ${filterClause(collection, request, parameters)}`;
}

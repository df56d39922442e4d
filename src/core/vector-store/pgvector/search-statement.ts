import { analyze } from '../../../common/text/analyzer.js';
import { filterToSql } from '../filter/filter-to-sql.js';
import { SqlParameters } from '../filter/sql-parameters.js';
import type { Collection, SearchRequest } from '../vector-store.js';
import { encodeVector } from './binary-vectors.js';
import { chunkTable, postingTable } from './partitions.js';

/** Robertson and Walker's usual constants: saturation of term frequency, and weight of the chunk's length. */
const K1 = 1.2;
const B = 0.75;

/** Candidates that each side of a hybrid search brings at least. */
const MIN_CANDIDATES = 200;

export interface Statement {
  readonly text: string;
  readonly parameters: readonly unknown[];
}

/**
 * One statement for the whole search, because one statement sees the collection as of one moment: a document that
 * is being replaced is found in its old or its new form, never lost between two reads.
 */
export function searchStatement(collection: Collection, request: SearchRequest): Statement {
  const parameters = new SqlParameters();
  const candidates = parameters.add(
    request.mode === 'hybrid' ? Math.max(MIN_CANDIDATES, request.limit) : request.limit,
  );
  const sides = {
    dense:
      request.mode === 'keyword' ? NO_CANDIDATES : denseSide(collection, request, parameters, candidates),
    keyword:
      request.mode === 'dense' ? NO_CANDIDATES : keywordSide(collection, request, parameters, candidates),
  };
  const text = `
    with ${sides.dense.with ?? ''}
    dense as (${sides.dense.select}),
    ${sides.keyword.with ?? ''}
    keyword as (${sides.keyword.select}),
    fused as (
      select id, dense.score as dense_score, keyword.score as keyword_score,
        ${fusion(request, parameters)} as score
      from dense full join keyword using (id)
    )
    select chunk.document_id, chunk.chunk_index, chunk.text, fused.score, fused.dense_score, fused.keyword_score,
      document.title, document.source, document.source_type, document.metadata
    from fused
    join ${chunkTable(collection.id)} chunk on chunk.id = fused.id
    join documents document on document.collection_id = chunk.collection_id and document.id = chunk.document_id
    where fused.score >= ${parameters.add(request.minScore)}
    order by fused.score desc, fused.id
    limit ${parameters.add(request.limit)}`;
  return { text, parameters: parameters.values };
}

interface Side {
  readonly with?: string;
  readonly select: string;
}

const NO_CANDIDATES: Side = { select: 'select null::bigint as id, null::float8 as score where false' };

function denseSide(
  collection: Collection,
  request: SearchRequest,
  parameters: SqlParameters,
  candidates: string,
): Side {
  if (request.vector === null) throw new Error(`A ${request.mode} search needs the query's vector.`);
  const vector = `${parameters.add(encodeVector(request.vector))}::vector`;
  return {
    // The distance to a vector of zeros is NaN.
    select: `
      select chunk.id, coalesce(1 - nullif(chunk.embedding <=> ${vector}, 'NaN'), 0) as score
      from ${chunkTable(collection.id)} chunk ${filterClause(collection, request, parameters)}
      order by chunk.embedding <=> ${vector}, chunk.id
      limit ${candidates}`,
  };
}

function keywordSide(
  collection: Collection,
  request: SearchRequest,
  parameters: SqlParameters,
  candidates: string,
): Side {
  const frequencies = new Map<string, number>();
  for (const term of analyze(request.query)) frequencies.set(term, (frequencies.get(term) ?? 0) + 1);
  const terms = parameters.add([...frequencies.keys()]);
  const counts = parameters.add([...frequencies.values()]);
  const postings = postingTable(collection.id);
  return {
    with: `
      corpus as (
        select greatest(chunk_count, 1)::float8 as chunks,
          greatest(term_count, 1)::float8 / greatest(chunk_count, 1) as average_length
        from collections where id = ${parameters.add(collection.id)}
      ),
      query_terms as (
        select query.term, query.count * ln(1 + (corpus.chunks - count(posting.term) + 0.5)
          / (count(posting.term) + 0.5)) as weight
        from unnest(${terms}::text[], ${counts}::int[]) as query (term, count)
        cross join corpus
        left join ${postings} posting on posting.term = query.term
        group by query.term, query.count, corpus.chunks
      ),`,
    // A term's share of BM25 is below its weight, so the sum of the weights brings the score into 0..1.
    select: `
      select posting.chunk_id as id,
        sum(query_terms.weight * posting.frequency / (posting.frequency
          + ${K1} * (${1 - B} + ${B} * posting.chunk_term_count / corpus.average_length)))
        / nullif((select sum(weight) from query_terms), 0) as score
      from query_terms
      join ${postings} posting on posting.term = query_terms.term
      cross join corpus
      ${keywordFilterClause(collection, request, parameters)}
      group by posting.chunk_id
      order by score desc, posting.chunk_id
      limit ${candidates}`,
  };
}

function fusion(request: SearchRequest, parameters: SqlParameters): string {
  const dense = 'greatest(coalesce(dense.score, 0), 0)';
  const keyword = 'coalesce(keyword.score, 0)';
  if (request.mode === 'dense') return dense;
  if (request.mode === 'keyword') return keyword;
  const weight = `${parameters.add(request.denseWeight)}::float8`;
  return `${weight} * ${dense} + (1 - ${weight}) * ${keyword}`;
}

function isUnfiltered({ filter }: SearchRequest): boolean {
  return filter.kind === 'and' && filter.filters.length === 0;
}

function filterClause(collection: Collection, request: SearchRequest, parameters: SqlParameters): string {
  if (isUnfiltered(request)) return '';
  return `
    join documents document
      on document.collection_id = ${parameters.add(collection.id)} and document.id = chunk.document_id
    where ${filterToSql(request.filter, parameters, 'document')}`;
}

function keywordFilterClause(
  collection: Collection,
  request: SearchRequest,
  parameters: SqlParameters,
): string {
  if (isUnfiltered(request)) return '';
  return `
    join ${chunkTable(collection.id)} chunk on chunk.id = posting.chunk_id
    ${filterClause(collection, request, parameters)}`;
}

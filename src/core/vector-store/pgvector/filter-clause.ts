import { CHUNK_METADATA_NAMES } from '../chunk-metadata.js';
import { filterToSql } from '../filter/filter-to-sql.js';
import { mentionsMetadata } from '../filter/mentions-metadata.js';
import type { SqlParameters } from '../filter/sql-parameters.js';
import type { Collection, SearchRequest } from '../vector-store.js';

/** Whether the request lets every chunk through. */
export function isUnfiltered({ filter }: SearchRequest): boolean {
  return filter.kind === 'and' && filter.filters.length === 0;
}

/** What keeps of the rows `chunk` those that the request's filter lets through: a join and `where`, or nothing. */
export function filterClause(
  collection: Collection,
  request: SearchRequest,
  parameters: SqlParameters,
): string {
  if (isUnfiltered(request)) return '';
  return `
    join documents document
      on document.collection_id = ${parameters.add(collection.id)} and document.id = chunk.document_id
    where ${condition(request, parameters)}`;
}

/**
 * Whether the filter lets the row `chunk` through, as an expression that is computed row by row, so that rows that
 * come in order stay in order.
 */
export function filterExpression(
  collection: Collection,
  request: SearchRequest,
  parameters: SqlParameters,
): string {
  if (isUnfiltered(request)) return 'true';
  return `(
    select ${condition(request, parameters)} from documents document
    where document.collection_id = ${parameters.add(collection.id)} and document.id = chunk.document_id
  )`;
}

/** The filter on the rows `chunk` and `document`. */
function condition({ filter }: SearchRequest, parameters: SqlParameters): string {
  if (!mentionsMetadata(filter, CHUNK_METADATA_NAMES)) return filterToSql(filter, parameters, 'document');
  return `(
    select ${filterToSql(filter, parameters, 'passage')} from (
      select document.id, document.title, document.source, document.source_type,
        chunk.metadata || document.metadata as metadata
    ) passage
  )`;
}

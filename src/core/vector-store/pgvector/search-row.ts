import type { SearchHit } from '../vector-store.js';

/** A row of the search statement. */
export interface SearchRow {
  readonly document_id: string;
  readonly chunk_index: number;
  readonly text: string;
  readonly score: number;
  readonly dense_score: number | null;
  readonly keyword_score: number | null;
  readonly title: string | null;
  readonly source: string | null;
  readonly source_type: string | null;
  readonly metadata: Record<string, unknown>;
}

export function toHit(row: SearchRow): SearchHit {
  return {
    documentId: row.document_id,
    chunkIndex: row.chunk_index,
    text: row.text,
    // Rounding in the sums can end a hair above 1.
    score: Math.min(1, row.score),
    denseScore: row.dense_score,
    keywordScore: row.keyword_score,
    title: row.title,
    source: row.source,
    sourceType: row.source_type,
    metadata: row.metadata,
  };
}

import type { VectorIndexState } from '../../vector-store.js';
import { CHUNK_TABLE_PREFIX } from '../tables.js';
import { INDEX_SUFFIX } from './vector-index.js';

/** Columns that say of a row of `collections` what state its index is in. */
export const INDEX_STATE_COLUMNS = `
  (
    select indisvalid from pg_index
    where indexrelid = to_regclass('${CHUNK_TABLE_PREFIX}' || collections.id || '${INDEX_SUFFIX}')
  ) as index_is_valid,
  (
    select coalesce(round(100.0 * blocks_done / nullif(blocks_total, 0)), 0)::int
    from pg_stat_progress_create_index
    where relid = to_regclass('${CHUNK_TABLE_PREFIX}' || collections.id)
  ) as index_progress`;

export interface IndexStateRow {
  /** Null where there is no index, false until it is built. */
  readonly index_is_valid: boolean | null;
  /** Percent; null where nothing is being built, or by a role whose work is hidden from this one. */
  readonly index_progress: number | null;
}

export function toIndexState({ index_is_valid, index_progress }: IndexStateRow): VectorIndexState {
  if (index_is_valid === true) return { state: 'ready', method: 'hnsw', progress: null };
  return {
    state: index_is_valid === null ? 'none' : 'building',
    method: 'exact',
    progress: index_progress,
  };
}

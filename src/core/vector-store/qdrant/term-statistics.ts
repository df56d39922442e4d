import type { Queryable } from '../../database/database.js';
import type { Collection } from '../vector-store.js';
import type { DocumentVersion } from './version-table.js';

/** What BM25 needs to know of a collection, as of one moment. */
export interface CorpusStatistics {
  readonly chunks: number;
  readonly isEmpty: boolean;
  /** Terms of a chunk, on average. */
  readonly averageLength: number;
  /** How many chunks hold the term. */
  readonly chunksWith: (term: string) => number;
  /** The moment, as a `pg_snapshot`. */
  readonly snapshot: string;
  /** Of the collection, in the payload of its points. */
  readonly key: string;
  /** Whose collection it is. */
  readonly tenant: string;
}

interface StatisticsRow {
  readonly chunk_count: string;
  readonly term_count: string;
  readonly snapshot: string;
  readonly key: string | null;
  readonly tenant: string;
  readonly frequencies: Record<string, number> | null;
}

/** @returns null when there is no such collection */
export async function readStatistics(
  database: Queryable,
  collection: Collection,
  terms: readonly string[],
): Promise<(Omit<CorpusStatistics, 'key'> & { readonly key: string | null }) | null> {
  const [row] = await database.query<StatisticsRow>(
    `select chunk_count, term_count, pg_current_snapshot()::text as snapshot, key,
       collections.tenant,
       (select json_object_agg(term, qdrant_terms.chunk_count) from qdrant_terms
        where collection_id = $1 and term = any($2)) as frequencies
     from collections left join qdrant_collections on collection_id = id where id = $1`,
    [collection.id, terms],
  );
  if (row === undefined) return null;
  const chunks = Math.max(Number(row.chunk_count), 1);
  const frequencies = new Map(Object.entries(row.frequencies ?? {}));
  return {
    chunks,
    isEmpty: Number(row.chunk_count) === 0,
    averageLength: Math.max(Number(row.term_count), 1) / chunks,
    chunksWith: (term) => frequencies.get(term) ?? 0,
    snapshot: row.snapshot,
    key: row.key,
    tenant: row.tenant,
  };
}

/**
 * Counts the terms of versions that came and went. In order of the terms, so that writers wait for each other but
 * never in a ring.
 */
export async function updateTerms(
  transaction: Queryable,
  collection: Collection,
  added: readonly DocumentVersion[],
  removed: readonly DocumentVersion[],
): Promise<void> {
  const changes = new Map<string, number>();
  const count = (versions: readonly DocumentVersion[], sign: number) => {
    for (const { terms } of versions) {
      for (const [term, chunks] of Object.entries(terms)) {
        changes.set(term, (changes.get(term) ?? 0) + sign * chunks);
      }
    }
  };
  count(added, 1);
  count(removed, -1);
  const changed = [...changes].filter(([, change]) => change !== 0).sort(([a], [b]) => (a < b ? -1 : 1));
  if (changed.length === 0) return;
  const terms = changed.map(([term]) => term);
  await transaction.query(
    `insert into qdrant_terms (collection_id, term, chunk_count)
     select $1, * from unnest($2::text[], $3::bigint[])
     on conflict (collection_id, term) do update set chunk_count = qdrant_terms.chunk_count + excluded.chunk_count`,
    [collection.id, terms, changed.map(([, change]) => change)],
  );
  if (removed.length === 0) return;
  await transaction.query(
    'delete from qdrant_terms where collection_id = $1 and term = any($2) and chunk_count <= 0',
    [collection.id, terms],
  );
}

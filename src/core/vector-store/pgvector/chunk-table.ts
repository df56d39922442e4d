import {
  encodeBytesArray,
  encodeIntegerArray,
  encodeJsonArray,
  encodeTextArray,
} from '../../database/binary-arrays.js';
import type { Queryable } from '../../database/database.js';
import { type AnalyzedDocument, totalFrequency } from '../bm25.js';
import type { DocumentToStore } from '../vector-store.js';
import { encodeVectorArray, parseVector } from './binary-vectors.js';
import { chunkTable, postingTable } from './tables.js';

/** What was removed from or added to a collection's chunks. */
export interface ChunkTotals {
  readonly chunks: number;
  readonly terms: number;
}

export const NO_CHUNKS: ChunkTotals = { chunks: 0, terms: 0 };

/** Object id of the type `vector` in this database. */
export async function vectorType(database: Queryable): Promise<number> {
  const [row] = await database.query<{ type: number }>("select 'vector'::regtype::oid::int8::int as type");
  if (row === undefined) throw new Error('The database has no type "vector".');
  return row.type;
}

/*
 * Chunks and their postings in one round trip. Arrays are unnested in the list of what is selected: in `from`, all rows
 * would be put aside first. Ids ascend in the order in which chunks are inserted, so a place finds its chunk's.
 */
const INSERT = (collectionId: number) => `
  with inserted as (
    insert into ${chunkTable(collectionId)} (collection_id, document_id, chunk_index, start_offset, end_offset, text,
      input_hash, metadata, term_count, embedding)
    select $1, unnest($2::text[]), unnest($3::int[]), unnest($4::int[]), unnest($5::int[]), unnest($6::text[]),
      unnest($7::bytea[]), unnest($8::jsonb[]), unnest($9::int[]), unnest($10::vector[])
    returning id
  )
  insert into ${postingTable(collectionId)} (collection_id, term, chunk_id, frequency, chunk_term_count)
  select $1, unnest(string_to_array($11, E'\\n')), ((select array_agg(id order by id) from inserted))[unnest($12::int[])],
    unnest($13::int[]), ($9::int[])[unnest($12::int[])]`;

/** Documents' chunks as the parameters of the statements that store them, and what is added by them. */
export interface EncodedChunks {
  readonly documents: readonly DocumentToStore[];
  readonly added: ChunkTotals;
  readonly chunkColumns: readonly Buffer[];
  readonly postings: Postings;
}

/** Takes some milliseconds for some hundred chunks: to be done before a transaction, not while it holds its locks. */
export function encodeChunks(analyzed: readonly AnalyzedDocument[], vectorTypeId: number): EncodedChunks {
  const rows = analyzed.flatMap(({ document, termFrequencies }) =>
    document.chunks.map((chunk, index) => {
      const terms = termFrequencies[index] ?? new Map<string, number>();
      return { documentId: document.id, chunk, terms, termCount: totalFrequency(terms) };
    }),
  );
  const vectors = rows.map((row) => row.chunk.vector);
  return {
    documents: analyzed.map(({ document }) => document),
    added: { chunks: rows.length, terms: rows.reduce((total, row) => total + row.termCount, 0) },
    chunkColumns: [
      encodeTextArray(rows.map((row) => row.documentId)),
      encodeIntegerArray(rows.map((row) => row.chunk.index)),
      encodeIntegerArray(rows.map((row) => row.chunk.start)),
      encodeIntegerArray(rows.map((row) => row.chunk.end)),
      encodeTextArray(rows.map((row) => row.chunk.text)),
      encodeBytesArray(rows.map((row) => row.chunk.inputHash)),
      encodeJsonArray(rows.map((row) => JSON.stringify(row.chunk.metadata))),
      encodeIntegerArray(rows.map((row) => row.termCount)),
      encodeVectorArray(vectors, vectorTypeId),
    ],
    postings: postingsByTerm(rows.map(({ terms }) => terms)),
  };
}

/** Adds chunks and their postings. */
export async function insertChunks(
  transaction: Queryable,
  collectionId: number,
  { added, chunkColumns, postings }: EncodedChunks,
): Promise<void> {
  if (added.chunks === 0) return;
  const { terms, places, frequencies } = postings;
  await transaction.query(INSERT(collectionId), [collectionId, ...chunkColumns, terms, places, frequencies]);
}

/** Postings in columns: those at one position make one. */
interface Postings {
  /** One a line: no term has white space in it. */
  readonly terms: string;
  /** `int[]` of the chunks' places, from 1. */
  readonly places: Buffer;
  /** `int[]` */
  readonly frequencies: Buffer;
}

/** Those of one term one after another: they go to the same page of its index. */
function postingsByTerm(chunks: readonly ReadonlyMap<string, number>[]): Postings {
  const runs = new Map<string, { length: number; end: number }>();
  for (const chunk of chunks) {
    for (const term of chunk.keys()) {
      const run = runs.get(term);
      if (run === undefined) runs.set(term, { length: 1, end: 0 });
      else run.length += 1;
    }
  }
  const terms: string[] = [];
  for (const [term, run] of runs) {
    run.end = terms.length;
    for (let repeated = 0; repeated < run.length; repeated += 1) terms.push(term);
  }
  const places = new Int32Array(terms.length);
  const frequencies = new Int32Array(terms.length);
  for (const [index, chunk] of chunks.entries()) {
    for (const [term, frequency] of chunk) {
      const run = runs.get(term);
      if (run === undefined) continue;
      places[run.end] = index + 1;
      frequencies[run.end] = frequency;
      run.end += 1;
    }
  }
  return {
    terms: terms.join('\n'),
    places: encodeIntegerArray(places),
    frequencies: encodeIntegerArray(frequencies),
  };
}

/** Removes all chunks of the documents, and their postings. */
export async function deleteChunks(
  transaction: Queryable,
  collectionId: number,
  documentIds: readonly string[],
): Promise<ChunkTotals> {
  const removed = await transaction.query<{ id: string; term_count: number }>(
    `delete from ${chunkTable(collectionId)} where document_id = any($1) returning id, term_count`,
    [encodeTextArray(documentIds)],
  );
  if (removed.length === 0) return NO_CHUNKS;
  await transaction.query(`delete from ${postingTable(collectionId)} where chunk_id = any($1)`, [
    removed.map((row) => row.id),
  ]);
  return {
    chunks: removed.length,
    terms: removed.reduce((total, row) => total + row.term_count, 0),
  };
}

/** Vectors of the documents' chunks by the hex form of their input hash. */
export async function vectorsByInput(
  database: Queryable,
  collectionId: number,
  documentIds: readonly string[],
): Promise<Map<string, Float32Array>> {
  const rows = await database.query<{ input_hash: Buffer; embedding: string }>(
    `select input_hash, embedding::text from ${chunkTable(collectionId)} where document_id = any($1)`,
    [encodeTextArray(documentIds)],
  );
  return new Map(rows.map((row) => [row.input_hash.toString('hex'), parseVector(row.embedding)]));
}

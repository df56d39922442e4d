import type { Queryable } from '../../database/database.js';
import { type AnalyzedDocument, totalFrequency } from '../bm25.js';
import { encodeIntegerArray, encodeVectorArray, parseVector } from './binary-vectors.js';
import { chunkTable, postingTable } from './tables.js';

/** What was removed from or added to a collection's chunks. */
export interface ChunkTotals {
  readonly chunks: number;
  readonly terms: number;
}

/** Object id of the type `vector` in this database. */
export async function vectorType(database: Queryable): Promise<number> {
  const [row] = await database.query<{ type: number }>("select 'vector'::regtype::oid::int8::int as type");
  if (row === undefined) throw new Error('The database has no type "vector".');
  return row.type;
}

// Arrays are unnested in the list of what is selected: in `from`, all rows would be put aside first.
const INSERT_CHUNKS = (table: string) => `
  insert into ${table} (collection_id, document_id, chunk_index, start_offset, end_offset, text, input_hash,
    metadata, term_count, embedding)
  select $1, unnest($2::text[]), unnest($3::int[]), unnest($4::int[]), unnest($5::int[]), unnest($6::text[]),
    unnest($7::bytea[]), unnest($8::jsonb[]), unnest($9::int[]), unnest($10::vector[])
  returning id`;

const INSERT_POSTINGS = (table: string) => `
  insert into ${table} (collection_id, term, chunk_id, frequency, chunk_term_count)
  select $1, unnest(string_to_array($4, E'\\n')), ($2::bigint[])[unnest($5::int[])], unnest($6::int[]),
    ($3::int[])[unnest($5::int[])]`;

/** Adds the documents' chunks and their postings. */
export async function insertChunks(
  transaction: Queryable,
  collectionId: number,
  documents: readonly AnalyzedDocument[],
  vectorTypeId: number,
): Promise<ChunkTotals> {
  const rows = documents.flatMap(({ document, termFrequencies }) =>
    document.chunks.map((chunk, index) => {
      const terms = termFrequencies[index] ?? new Map<string, number>();
      return { documentId: document.id, chunk, terms, termCount: totalFrequency(terms) };
    }),
  );
  if (rows.length === 0) return { chunks: 0, terms: 0 };
  const inserted = await transaction.query<{ id: string }>(INSERT_CHUNKS(chunkTable(collectionId)), [
    collectionId,
    rows.map((row) => row.documentId),
    encodeIntegerArray(rows.map((row) => row.chunk.index)),
    encodeIntegerArray(rows.map((row) => row.chunk.start)),
    encodeIntegerArray(rows.map((row) => row.chunk.end)),
    rows.map((row) => row.chunk.text),
    rows.map((row) => row.chunk.inputHash),
    rows.map((row) => JSON.stringify(row.chunk.metadata)),
    encodeIntegerArray(rows.map((row) => row.termCount)),
    encodeVectorArray(
      rows.map((row) => row.chunk.vector),
      vectorTypeId,
    ),
  ]);
  const postings = postingsByTerm(rows.map(({ terms }) => terms));
  await transaction.query(INSERT_POSTINGS(postingTable(collectionId)), [
    collectionId,
    inserted.map(({ id }) => id),
    encodeIntegerArray(rows.map((row) => row.termCount)),
    // No term has white space in it.
    postings.terms.join('\n'),
    encodeIntegerArray(postings.places),
    encodeIntegerArray(postings.frequencies),
  ]);
  return { chunks: rows.length, terms: rows.reduce((total, row) => total + row.termCount, 0) };
}

/** Postings in columns: those at one position make one. */
interface Postings {
  readonly terms: readonly string[];
  /** Of the chunks, from 1. */
  readonly places: readonly number[];
  readonly frequencies: readonly number[];
}

/** Those of one term one after another: they go to the same page of its index. */
function postingsByTerm(chunks: readonly ReadonlyMap<string, number>[]): Postings {
  const placesAndFrequencies = new Map<string, number[]>();
  for (const [index, frequencies] of chunks.entries()) {
    for (const [term, frequency] of frequencies) {
      const earlier = placesAndFrequencies.get(term);
      if (earlier === undefined) placesAndFrequencies.set(term, [index + 1, frequency]);
      else earlier.push(index + 1, frequency);
    }
  }
  const terms: string[] = [];
  const places: number[] = [];
  const frequencies: number[] = [];
  for (const [term, numbers] of placesAndFrequencies) {
    for (let position = 0; position < numbers.length; position += 2) {
      terms.push(term);
      places.push(numbers[position] ?? 0);
      frequencies.push(numbers[position + 1] ?? 0);
    }
  }
  return { terms, places, frequencies };
}

/** Removes all chunks of the documents, and their postings. */
export async function deleteChunks(
  transaction: Queryable,
  collectionId: number,
  documentIds: readonly string[],
): Promise<ChunkTotals> {
  const removed = await transaction.query<{ id: string; term_count: number }>(
    `delete from ${chunkTable(collectionId)} where document_id = any($1) returning id, term_count`,
    [documentIds],
  );
  if (removed.length === 0) return { chunks: 0, terms: 0 };
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
    [documentIds],
  );
  return new Map(rows.map((row) => [row.input_hash.toString('hex'), parseVector(row.embedding)]));
}

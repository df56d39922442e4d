import type { Schemas } from '@qdrant/js-client-rest';
import { type AnalyzedDocument, totalFrequency } from '../bm25.js';
import type { ChunkMetadata } from '../chunk-metadata.js';
import { factsOf, type OrderEntry } from './facts.js';
import { pointId } from './point-id.js';
import { sparseVector } from './sparse-vectors.js';
import type { DocumentVersion } from './version-table.js';

/** Names of a point's vectors. */
export const DENSE = 'dense';
export const SPARSE = 'terms';

/** Whose points they are. */
export interface PointOwner {
  readonly tenant: string;
  /** Key of the collection. */
  readonly collection: string;
}

/**
 * All that a point carries beside its vectors. Nothing in it has a name that a client chose: metadata stays in the
 * database, and what filters need of it is in `facts` and `order`.
 */
export interface ChunkPayload extends PointOwner {
  readonly document: string;
  readonly version: string;
  /** Set once another version counts; searches skip such points where they don't ask for the version. */
  readonly superseded?: true;
  readonly index: number;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** SHA-256 of what was embedded, in hex. */
  readonly input: string;
  readonly place: ChunkMetadata;
  /** Terms in title and text. */
  readonly length: number;
  /** How often each term is there. */
  readonly terms: Readonly<Record<string, number>>;
  readonly facts: readonly string[];
  readonly order: readonly OrderEntry[];
}

/** What is kept of a document in Qdrant and about it in the database. */
export interface PreparedVersion {
  readonly version: DocumentVersion;
  readonly points: readonly Schemas['PointStruct'][];
}

/** The points of one version of a document. */
export function prepareVersion(
  { document, termFrequencies }: AnalyzedDocument,
  owner: PointOwner,
  version: string,
  averageLength: number,
): PreparedVersion {
  const fixed = {
    document_id: document.id,
    title: document.title,
    source: document.source,
    source_type: document.sourceType,
  };
  const shared = factsOf({ ...fixed, metadata: document.metadata });
  const chunksByTerm = new Map<string, number>();
  let termCount = 0;
  let bytes = 0;
  const points = document.chunks.map((chunk, position) => {
    const frequencies = termFrequencies[position] ?? new Map<string, number>();
    const hasPlace = Object.keys(chunk.metadata).length > 0;
    const own = hasPlace
      ? factsOf({ ...fixed, metadata: { ...chunk.metadata, ...document.metadata } })
      : shared;
    const payload: ChunkPayload = {
      ...owner,
      document: document.id,
      version,
      index: chunk.index,
      text: chunk.text,
      start: chunk.start,
      end: chunk.end,
      input: chunk.inputHash.toString('hex'),
      place: chunk.metadata,
      length: totalFrequency(frequencies),
      terms: Object.fromEntries(frequencies),
      ...own,
    };
    for (const term of frequencies.keys()) chunksByTerm.set(term, (chunksByTerm.get(term) ?? 0) + 1);
    termCount += payload.length;
    bytes += chunk.vector.byteLength + Buffer.byteLength(chunk.text) + 8 * frequencies.size;
    return {
      id: pointId(owner.collection, document.id, version, chunk.index),
      vector: { [DENSE]: [...chunk.vector], [SPARSE]: sparseVector(frequencies, averageLength) },
      payload: { ...payload },
    };
  });
  const terms = Object.fromEntries(chunksByTerm);
  return {
    version: { documentId: document.id, version, chunkCount: points.length, termCount, terms, bytes },
    points,
  };
}

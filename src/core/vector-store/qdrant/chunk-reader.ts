import type { Schemas } from '@qdrant/js-client-rest';
import { type ChunkPayload, DENSE } from './chunk-points.js';
import type { QdrantConnection } from './qdrant-connection.js';

/** Points of one answer: few enough to be read at once, also with long vectors. */
const PAGE = 256;

/** A chunk as Qdrant has it. */
export interface ReadChunk {
  readonly payload: ChunkPayload;
  /** Of length 1, or all zeros: Qdrant scales vectors. Empty where none was asked for. */
  readonly vector: Float32Array;
}

/** All chunks of these versions, in order of document and place. */
export async function readVersions(
  connection: QdrantConnection,
  shape: string,
  versions: readonly string[],
  withVectors: boolean,
): Promise<ReadChunk[]> {
  const chunks: ReadChunk[] = [];
  if (versions.length === 0) return chunks;
  let offset: Schemas['ExtendedPointId'] | undefined;
  do {
    const page: Schemas['ScrollResult'] = await connection.call((api, init) =>
      api.scrollPoints(
        {
          collection_name: shape,
          ...connection.reading,
          filter: { must: [{ key: 'version', match: { any: [...versions] } }] },
          limit: PAGE,
          offset,
          with_payload: { exclude: ['facts', 'order', 'terms'] },
          with_vector: withVectors ? [DENSE] : false,
        },
        init,
      ),
    );
    chunks.push(...page.points.map(toChunk));
    offset = (page.next_page_offset as Schemas['ExtendedPointId'] | null | undefined) ?? undefined;
  } while (offset !== undefined);
  return chunks.sort((a, b) => compare(a.payload, b.payload));
}

/** Texts of these points, by id. */
export async function readTexts(
  connection: QdrantConnection,
  shape: string,
  ids: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const points = await connection.call(
    (api, init) =>
      api.getPoints(
        { collection_name: shape, ...connection.reading, ids: [...ids], with_payload: ['text'] },
        init,
      ),
    signal,
  );
  return new Map(points.map((point) => [String(point.id), (point.payload as unknown as ChunkPayload).text]));
}

function toChunk({ payload, vector }: Schemas['Record']): ReadChunk {
  const vectors = vector as Readonly<Record<string, number[]>> | null | undefined;
  return {
    payload: payload as unknown as ChunkPayload,
    vector: Float32Array.from(vectors?.[DENSE] ?? []),
  };
}

function compare(a: ChunkPayload, b: ChunkPayload): number {
  if (a.document === b.document) return a.index - b.index;
  return a.document < b.document ? -1 : 1;
}

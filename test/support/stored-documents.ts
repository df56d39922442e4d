import { createHash } from 'node:crypto';
import type {
  ChunkToStore,
  DocumentToStore,
  SearchRequest,
} from '../../src/core/vector-store/vector-store.js';

export const ANYTHING: SearchRequest = {
  mode: 'dense',
  query: 'anything',
  vector: Float32Array.of(1, 0, 0, 0),
  denseWeight: 0.5,
  limit: 100,
  minScore: 0,
  filter: { kind: 'and', filters: [] },
};

/** A document with these chunks; where no vectors are given, all point the same way. */
export function document(id: string, texts: string[], vectors: number[][] = []): DocumentToStore {
  let offset = 0;
  const chunks = texts.map((text, index): ChunkToStore => {
    const start = offset;
    offset += text.length;
    const vector = Float32Array.from(vectors[index] ?? [1, 0, 0, 0]);
    return {
      index,
      text,
      start,
      end: offset,
      inputHash: sha256(`${id} ${index} ${text}`),
      metadata: {},
      vector,
    };
  });
  return {
    id,
    contentHash: sha256(texts.join('\n')),
    title: null,
    source: null,
    sourceType: null,
    metadata: {},
    characters: offset,
    chunks,
  };
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

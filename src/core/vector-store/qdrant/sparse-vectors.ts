import { crc32 } from 'node:zlib';
import { B, K1, totalFrequency } from '../bm25.js';

export interface SparseVector {
  readonly indices: number[];
  readonly values: number[];
}

/** Share of its weight that a term adds to BM25, 0..1. */
export function saturation(frequency: number, length: number, averageLength: number): number {
  return frequency / (frequency + K1 * (1 - B + (B * length) / averageLength));
}

/** A chunk's terms, each with its share as far as the average length is known now. */
export function sparseVector(frequencies: ReadonlyMap<string, number>, averageLength: number): SparseVector {
  const length = totalFrequency(frequencies);
  return toSparse([...frequencies].map(([term, count]) => [term, saturation(count, length, averageLength)]));
}

/** Terms with weights as Qdrant wants them: each index once. Two terms of one index share it. */
export function toSparse(weights: Iterable<readonly [term: string, weight: number]>): SparseVector {
  const byIndex = new Map<number, number>();
  for (const [term, weight] of weights) {
    const index = crc32(term);
    byIndex.set(index, (byIndex.get(index) ?? 0) + weight);
  }
  return { indices: [...byIndex.keys()], values: [...byIndex.values()] };
}

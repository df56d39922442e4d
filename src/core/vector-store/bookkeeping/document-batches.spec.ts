import fc from 'fast-check';
import type { DocumentToStore } from '../vector-store.js';
import { documentBatches } from './document-batches.js';

function documents(chunkCounts: readonly number[]): DocumentToStore[] {
  return chunkCounts.map((count, index) => ({
    id: String(index),
    contentHash: Buffer.alloc(0),
    title: null,
    source: null,
    sourceType: null,
    metadata: {},
    characters: 0,
    chunks: Array.from({ length: count }, (_, chunk) => ({
      index: chunk,
      text: '',
      start: 0,
      end: 0,
      inputHash: Buffer.alloc(0),
      metadata: {},
      vector: new Float32Array(0),
    })),
  }));
}

describe('documentBatches', () => {
  it('keeps every document, in order, and no batch over its limits unless one document is', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(300), { maxLength: 300 }), (counts) => {
        const all = documents(counts);
        const batches = documentBatches(all);
        expect(batches.flat()).toEqual(all);
        for (const batch of batches) {
          const chunks = batch.reduce((total, { chunks: own }) => total + own.length, 0);
          expect(batch.length).toBeGreaterThan(0);
          expect(batch.length).toBeLessThanOrEqual(256);
          expect(chunks <= 256 || batch.length === 1).toBe(true);
        }
      }),
    );
  });
});

import type { IdentifiedDocument } from './identified-document.js';
import { indexBatches } from './index-batches.js';

/** All that matters of a document here. */
const ofLength = (length: number) => ({ document: { text: 'x'.repeat(length) } }) as IdentifiedDocument;
const sizesOf = (lengths: readonly number[]) =>
  indexBatches(lengths.map(ofLength)).map((batch) => batch.map(({ document }) => document.text.length));

describe('indexBatches', () => {
  it('is one of nothing for no documents', () => {
    expect(sizesOf([])).toEqual([[]]);
  });

  it('holds at most 32 documents', () => {
    expect(sizesOf(Array.from({ length: 70 }, () => 1)).map(({ length }) => length)).toEqual([32, 32, 6]);
  });

  it('holds at most 200,000 characters, in order, and what is longer by itself', () => {
    expect(sizesOf([100_000, 100_000, 1, 300_000, 5])).toEqual([[100_000, 100_000], [1], [300_000], [5]]);
  });
});

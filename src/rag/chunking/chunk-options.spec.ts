import { assertChunkOptions, MAXIMUM_CHUNK_SIZE, maximumChunkCount } from './chunk-options.js';

describe('assertChunkOptions', () => {
  it.each([
    { chunkSize: 1, chunkOverlap: 0 },
    { chunkSize: 1000, chunkOverlap: 999 },
    { chunkSize: MAXIMUM_CHUNK_SIZE, chunkOverlap: 0 },
  ])('accepts $chunkSize / $chunkOverlap', (options) => {
    expect(() => {
      assertChunkOptions(options);
    }).not.toThrow();
  });

  it.each([
    { chunkSize: 0, chunkOverlap: 0 },
    { chunkSize: -5, chunkOverlap: 0 },
    { chunkSize: 1.5, chunkOverlap: 0 },
    { chunkSize: Number.NaN, chunkOverlap: 0 },
    { chunkSize: Number.POSITIVE_INFINITY, chunkOverlap: 0 },
    { chunkSize: MAXIMUM_CHUNK_SIZE + 1, chunkOverlap: 0 },
    { chunkSize: 10, chunkOverlap: 10 },
    { chunkSize: 10, chunkOverlap: -1 },
    { chunkSize: 10, chunkOverlap: 0.5 },
    { chunkSize: 10, chunkOverlap: Number.NaN },
  ])('refuses $chunkSize / $chunkOverlap', (options) => {
    expect(() => {
      assertChunkOptions(options);
    }).toThrow(RangeError);
  });
});

describe('maximumChunkCount', () => {
  it('is nothing for an empty text and one for a text that fits', () => {
    expect(maximumChunkCount(0, { chunkSize: 1000, chunkOverlap: 200 })).toBe(0);
    expect(maximumChunkCount(800, { chunkSize: 1000, chunkOverlap: 200 })).toBe(1);
  });

  it('stays within twice of what an even cut gives', () => {
    expect(maximumChunkCount(500_000, { chunkSize: 1000, chunkOverlap: 200 })).toBe(1249);
  });

  it('shows an overlap that makes the chunks explode', () => {
    expect(maximumChunkCount(500_000, { chunkSize: 1000, chunkOverlap: 999 })).toBe(500_000);
  });
});

import {
  DEFAULT_LOCAL_EMBEDDING_MODEL,
  DEFAULT_OPENAI_EMBEDDING_MODEL,
  EMBEDDING_CATALOG,
} from './embedding-catalog.js';
import { DEFAULT_LEXICAL_DIMENSIONS } from './providers/local/lexical-vector.js';

describe('EMBEDDING_CATALOG', () => {
  const ids = EMBEDDING_CATALOG.map(({ id }) => id);

  it('names every model once', () => {
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('holds the defaults', () => {
    expect(ids).toEqual(
      expect.arrayContaining([DEFAULT_LOCAL_EMBEDDING_MODEL, DEFAULT_OPENAI_EMBEDDING_MODEL]),
    );
  });

  it.each(EMBEDDING_CATALOG)('has sound numbers for $id', ({ dimensions, minDimensions, ...model }) => {
    expect(minDimensions ?? dimensions).toBeLessThanOrEqual(dimensions);
    expect(model.maxInputTokens).toBeGreaterThan(0);
    expect(model.pricePerMillionTokens).toBeGreaterThanOrEqual(0);
  });

  it('agrees with the local model on its length', () => {
    const local = EMBEDDING_CATALOG.find(({ id }) => id === DEFAULT_LOCAL_EMBEDDING_MODEL);

    expect(local?.dimensions).toBe(DEFAULT_LEXICAL_DIMENSIONS);
  });
});

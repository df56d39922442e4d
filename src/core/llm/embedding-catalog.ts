import type { EmbeddingModelDescriptor } from './embedding-model.js';

/** A model of the catalogue: everything about it is known before it is called. */
export interface CataloguedEmbeddingModel extends EmbeddingModelDescriptor {
  readonly provider: 'openai' | 'local';
  readonly dimensions: number;
}

export const DEFAULT_OPENAI_EMBEDDING_MODEL = 'text-embedding-3-small';
export const DEFAULT_LOCAL_EMBEDDING_MODEL = 'local-lexical';

/** Longest text assumed for a model that is in no catalogue: that of every embedding model of OpenAI. */
export const ASSUMED_MAX_INPUT_TOKENS = 8192;

/**
 * Embedding models by id. Source of the prices, as of 2026-11-24: each model's own page under
 * developers.openai.com/api/docs/models.
 */
export const EMBEDDING_CATALOG: readonly CataloguedEmbeddingModel[] = [
  {
    id: DEFAULT_LOCAL_EMBEDDING_MODEL,
    provider: 'local',
    dimensions: 384,
    minDimensions: 64,
    // In words. More would only blur the vector, and would hold the event loop for longer than 10 ms.
    maxInputTokens: 8192,
    pricePerMillionTokens: 0,
  },
  {
    id: DEFAULT_OPENAI_EMBEDDING_MODEL,
    provider: 'openai',
    dimensions: 1536,
    minDimensions: 1,
    maxInputTokens: 8192,
    pricePerMillionTokens: 0.02,
  },
  {
    id: 'text-embedding-3-large',
    provider: 'openai',
    dimensions: 3072,
    minDimensions: 1,
    maxInputTokens: 8192,
    pricePerMillionTokens: 0.13,
  },
  {
    id: 'text-embedding-ada-002',
    provider: 'openai',
    dimensions: 1536,
    minDimensions: null,
    maxInputTokens: 8192,
    pricePerMillionTokens: 0.1,
  },
];

/** What a provider takes in one call. */
export interface EmbeddingCallLimits {
  readonly maxInputs: number;
  readonly maxTokens: number;
}

export const OPENAI_CALL_LIMITS: EmbeddingCallLimits = { maxInputs: 2048, maxTokens: 300_000 };

import type { EmbeddingModelDescriptor } from '../core/llm/embedding-model.js';

/** A model that knows meanings counts as much as the words do. */
const SEMANTIC_WEIGHT = 0.5;
/** The lexical model sees the same words once more, and less sharply: docs/decisions has the measurements. */
const LEXICAL_WEIGHT = 0.2;

/** Share of the vectors' side in a hybrid search. */
export function denseWeight(model: EmbeddingModelDescriptor): number {
  return model.provider === 'local' ? LEXICAL_WEIGHT : SEMANTIC_WEIGHT;
}

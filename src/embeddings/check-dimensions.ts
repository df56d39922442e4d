import { ValidationError } from '../common/errors/validation.error.js';
import type { EmbeddingModelDescriptor } from '../core/llm/embedding-model.js';

/** @throws ValidationError when the model can't make vectors of that length */
export function checkDimensions(model: EmbeddingModelDescriptor, dimensions: number | undefined): void {
  const { dimensions: own, minDimensions } = model;
  if (dimensions === undefined || dimensions === own || own === null) return;
  if (minDimensions === null) {
    throw ValidationError.at(['dimensions'], `must be ${own} or absent for ${model.id}`);
  }
  if (dimensions < minDimensions || dimensions > own) {
    throw ValidationError.at(['dimensions'], `must be from ${minDimensions} to ${own} for ${model.id}`);
  }
}

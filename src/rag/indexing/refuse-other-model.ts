import { ConflictError } from '../../common/errors/conflict.error.js';
import type { Collection } from '../../core/vector-store/vector-store.js';

/** @throws ConflictError when the collection belongs to another model */
export function refuseOtherModel(
  collection: Collection,
  model: string,
  dimensions = collection.dimensions,
): void {
  if (collection.embeddingModel === model && collection.dimensions === dimensions) return;
  throw new ConflictError(
    `Collection "${collection.name}" is embedded by ${collection.embeddingModel} with ${collection.dimensions} ` +
      'dimensions. Leave out embedding_model, or use another collection.',
  );
}

import { type Collection, VectorStore } from '../core/vector-store/vector-store.js';

/**
 * Does work on a collection, and once more on what has taken its place where it gave way to another generation
 * meanwhile. So nobody notices when a collection's embedding model changes.
 * @param work harmless to do twice
 */
export async function onCurrentGeneration<Result>(
  store: VectorStore,
  collection: Collection,
  work: (collection: Collection) => Promise<Result>,
): Promise<Result> {
  try {
    return await work(collection);
  } catch (error) {
    const current = await store.findCollection(collection.name).catch(() => null);
    if (current === null || current.id === collection.id) throw error;
    return work(current);
  }
}

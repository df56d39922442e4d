import { LinkedAbort } from './linked-abort.js';

export interface ConcurrencyOptions {
  /** How many items are worked on at the same time. */
  readonly limit: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Maps items, some at a time, and keeps their order. The first failure is rethrown: it aborts the items under way,
 * and no further one is started.
 */
export async function mapConcurrently<Item, Result>(
  items: readonly Item[],
  { limit, signal }: ConcurrencyOptions,
  map: (item: Item, signal: AbortSignal) => Promise<Result>,
): Promise<Result[]> {
  const abort = new LinkedAbort(signal);
  const results = new Array<Result>(items.length);
  const queue = items.entries();
  const work = async (): Promise<void> => {
    for (const [index, item] of queue) {
      abort.signal.throwIfAborted();
      results[index] = await map(item, abort.signal);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work));
    return results;
  } catch (error) {
    abort.abort(error);
    throw error;
  } finally {
    abort.unlink();
  }
}

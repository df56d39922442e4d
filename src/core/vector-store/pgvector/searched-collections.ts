import { ShortMemory } from '../../../common/async/short-memory.js';
import { currentTenant } from '../../../common/http/request-context.js';
import type { Collection } from '../vector-store.js';

/**
 * Collections that searches have asked for by name. Which one has a name changes only when another's table is dropped,
 * so that searching one that is remembered wrongly fails, and never finds what is not there any more.
 */
export class SearchedCollections {
  private readonly remembered = new ShortMemory<string, Collection | null>({
    freshMs: 5000,
    maxRemembered: 10_000,
  });

  async find(name: string, read: () => Promise<Collection | null>): Promise<Collection | null> {
    const collection = await this.remembered.get(keyOf(name), read);
    // It may be made at any moment.
    if (collection === null) this.forget(name);
    return collection;
  }

  forget(name: string): void {
    this.remembered.forget(keyOf(name));
  }
}

function keyOf(name: string): string {
  return `${currentTenant()}\n${name}`;
}

/**
 * Prepares the next item while the one before it is in use; never more than one ahead. Errors of `prepare` come when it
 * is that item's turn.
 */
export async function* ahead<Item, Prepared>(
  items: readonly Item[],
  prepare: (item: Item) => Promise<Prepared>,
): AsyncGenerator<Prepared, void, undefined> {
  const begin = (index: number) => {
    const item = items[index];
    const prepared = item === undefined ? null : prepare(item);
    // Nobody may ask for it any more.
    prepared?.catch(() => undefined);
    return prepared;
  };
  let next = begin(0);
  for (let index = 1; next !== null; index += 1) {
    const prepared = await next;
    next = begin(index);
    yield prepared;
  }
}

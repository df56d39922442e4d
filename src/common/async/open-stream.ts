/**
 * Begins to read a stream, so that what goes wrong at its start is thrown here and not while it is iterated.
 * @returns the whole stream, the first item included; to be iterated once, or ended with `return()`
 */
export async function openStream<T>(stream: AsyncIterable<T>): Promise<AsyncGenerator<T, void, undefined>> {
  const iterator = stream[Symbol.asyncIterator]();
  const first = await iterator.next();
  const opened = replay(first, iterator);
  // A generator that has not begun would skip its `finally`, and leave the stream open.
  await opened.next();
  return opened as AsyncGenerator<T, void, undefined>;
}

async function* replay<T>(
  first: IteratorResult<T>,
  iterator: AsyncIterator<T>,
): AsyncGenerator<T | undefined, void, undefined> {
  try {
    yield undefined;
    for (let result = first; !result.done; result = await iterator.next()) yield result.value;
  } finally {
    await iterator.return?.();
  }
}

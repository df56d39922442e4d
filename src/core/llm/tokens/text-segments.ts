const LONGEST_SEGMENT = 2048;
const SHORTEST_SEGMENT = 1024;
const WORD_BOUNDARY = /(?<=[a-z]) (?=[a-z])/giu;
const HIGH_SURROGATE = /[\ud800-\udbff]$/u;

/**
 * Cuts a text into segments of up to 2,048 UTF-16 units that can be counted one by one. It cuts between words of
 * Latin letters, where every tokenizer does, and anywhere else only where there is no such place.
 */
export function* textSegments(text: string): Generator<string> {
  let start = 0;
  while (text.length - start > LONGEST_SEGMENT) {
    const end = start + segmentLength(text.slice(start, start + LONGEST_SEGMENT));
    yield text.slice(start, end);
    start = end;
  }
  yield text.slice(start);
}

function segmentLength(longest: string): number {
  const boundaries = [...longest.slice(SHORTEST_SEGMENT).matchAll(WORD_BOUNDARY)];
  const last = boundaries.at(-1);
  if (last) return SHORTEST_SEGMENT + last.index;
  return HIGH_SURROGATE.test(longest) ? longest.length - 1 : longest.length;
}

import type { ChunkOptions } from './chunk-options.js';
import type { TextOutline } from './text-outline.js';

/** A part of a text: UTF-16 offsets, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * The pieces between boundaries without the white space around them; those that hold nothing else are left out.
 * @param ends where each piece ends, ascending; the first begins at 0
 */
export function trimmedSpans(text: string, ends: readonly number[]): Span[] {
  const spans: Span[] = [];
  let from = 0;
  for (const to of ends) {
    const piece = text.slice(from, to);
    const start = to - piece.trimStart().length;
    if (start < to) spans.push({ start, end: from + piece.trimEnd().length });
    from = to;
  }
  return spans;
}

/**
 * Joins neighbours that fit into one piece together, those first that a weak break parts. Afterwards no two do.
 * The library leaves small remains before and after whatever it has to split further.
 */
export function joinSmallSpans(spans: readonly Span[], outline: TextOutline, maximumLength: number): Span[] {
  const strengths = new Set(spans.map(({ start }) => outline.strengthAt(start)));
  return [...strengths]
    .sort((left, right) => right - left)
    .reduce<Span[]>(
      (joined, strength) =>
        joinWhere(
          joined,
          (left, right) =>
            outline.strengthAt(right.start) === strength && right.end - left.start <= maximumLength,
        ),
      [...spans],
    );
}

/**
 * Joins a span to the one before it where the overlap would repeat that one anyway: two chunks, one of which is nearly
 * all of the other, would take two places in every result.
 */
export function joinRepeatedSpans(spans: readonly Span[], options: ChunkOptions): Span[] {
  return joinWhere(
    spans,
    (left, right) =>
      right.start - left.start <= options.chunkOverlap && right.end - left.start <= options.chunkSize,
  );
}

function joinWhere(spans: readonly Span[], belongTogether: (left: Span, right: Span) => boolean): Span[] {
  const joined: Span[] = [];
  for (const span of spans) {
    const last = joined.at(-1);
    if (last !== undefined && belongTogether(last, span)) {
      joined[joined.length - 1] = { start: last.start, end: span.end };
    } else {
      joined.push(span);
    }
  }
  return joined;
}

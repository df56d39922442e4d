import { beginsSentence, beginsWord } from './break-strength.js';
import type { ChunkOptions } from './chunk-options.js';
import type { Span } from './spans.js';
import type { TextOutline } from './text-outline.js';

const WHITE_SPACE = /\s/;

/**
 * Extends each span but the first into the text before it: by at most `chunkOverlap`, from where a sentence begins,
 * or else a word, or else anywhere. Starts keep ascending, and no span grows beyond `chunkSize`. Linear.
 */
export function extendSpans(spans: readonly Span[], outline: TextOutline, options: ChunkOptions): Span[] {
  if (options.chunkOverlap === 0) return [...spans];
  const nextSentence = forwardSearch(outline, (offset) => beginsSentence(outline.strengthAt(offset)));
  const nextWord = forwardSearch(outline, (offset) => beginsWord(outline.strengthAt(offset)));
  const nextCharacter = forwardSearch(outline, (offset) => !outline.isInsidePair(offset));
  let previousStart: number | null = null;
  return spans.map(({ start, end }) => {
    if (previousStart !== null) {
      const earliest = Math.max(start - options.chunkOverlap, end - options.chunkSize, previousStart + 1);
      const limits = { from: Math.min(earliest, start), to: start };
      start = nextSentence(limits) ?? nextWord(limits) ?? nextCharacter(limits) ?? start;
    }
    previousStart = start;
    return { start, end };
  });
}

interface Limits {
  readonly from: number;
  readonly to: number;
}

/**
 * Searches the first offset without white space that meets the condition.
 * Each search has to begin no earlier than the one before: the cursor never goes back.
 */
function forwardSearch(
  outline: TextOutline,
  isWanted: (offset: number) => boolean,
): (limits: Limits) => number | null {
  let cursor = 0;
  return ({ from, to }) => {
    cursor = Math.max(cursor, from);
    while (cursor < to && !(isWanted(cursor) && !WHITE_SPACE.test(outline.text.charAt(cursor)))) cursor += 1;
    return cursor < to ? cursor : null;
  };
}

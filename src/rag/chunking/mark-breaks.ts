import { BREAK, type BreakStrength } from './break-strength.js';
import { MarkdownLines, type LineKind } from './markdown-lines.js';
import { breakBetweenWords, breaksWithin, endsSentence } from './sentence-breaks.js';
import type { TextOutline } from './text-outline.js';
import { readWords, type Word } from './words.js';

/**
 * Finds the places where a text, Markdown or not, is best cut, and marks them in its outline.
 * @yields the offset reached, again and again, so that the caller can pause
 */
export function* markBreaks(outline: TextOutline): Generator<number, void> {
  const lines = new MarkdownLines();
  let previous: Word | null = null;
  for (const word of readWords(outline.text)) {
    markGap(outline, word, breakBefore(word, previous, lines));
    if (!isCode(lines.current)) yield* markInnerBreaks(outline, word);
    previous = word;
    yield word.start;
  }
}

/**
 * White space is a piece of its own, so that what fits exactly isn't cut for the white space after it. A single
 * space between words isn't worth a piece: the time that the library takes grows with them.
 */
function markGap(outline: TextOutline, word: Word, strength: BreakStrength): void {
  outline.mark(word.start, strength);
  if (strength <= BREAK.sentence || word.start - word.gapStart > 1) outline.mark(word.gapStart, strength);
}

function* markInnerBreaks(outline: TextOutline, word: Word): Generator<number, void> {
  for (const { offset, strength } of breaksWithin(word.text)) {
    outline.mark(word.start + offset, strength);
    yield word.start + offset;
  }
}

function breakBefore(word: Word, previous: Word | null, lines: MarkdownLines): BreakStrength {
  const previousLine = lines.current;
  if (word.lineBreaksBefore > 0) return breakBetweenLines(previousLine, lines.begin(word), word, previous);
  lines.proceed(word);
  if (previous === null || isCode(previousLine)) return BREAK.word;
  const isItemMarker = previousLine === 'item' && previous.lineBreaksBefore > 0;
  return isItemMarker ? BREAK.word : breakBetweenWords(previous.text, word.text);
}

function breakBetweenLines(
  above: LineKind,
  line: LineKind,
  word: Word,
  previous: Word | null,
): BreakStrength {
  const afterBlankLine = word.lineBreaksBefore === 2;
  if (line === 'code' || line === 'fenceEnd') return afterBlankLine ? BREAK.codeParagraph : BREAK.codeLine;
  if (above === 'heading' || above === 'rule') return BREAK.afterHeading;
  if (line === 'heading') return breakBeforeHeading(word.text.length);
  if (line === 'rule') return BREAK.rule;
  if (afterBlankLine || line === 'fenceStart' || above === 'fenceEnd' || previous === null)
    return BREAK.paragraph;
  return line === 'item' || endsSentence(previous.text) ? BREAK.line : BREAK.softLine;
}

/** @param level number of `#` */
function breakBeforeHeading(level: number): BreakStrength {
  const strengths = [BREAK.heading1, BREAK.heading2, BREAK.heading3, BREAK.heading4, BREAK.heading5];
  return strengths[level - 1] ?? BREAK.heading6;
}

function isCode(line: LineKind): boolean {
  return line === 'code' || line === 'fenceStart' || line === 'fenceEnd';
}

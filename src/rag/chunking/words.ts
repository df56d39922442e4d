/** A run of characters without white space, and what lies around it. */
export interface Word {
  readonly text: string;
  /** UTF-16 offset of the first character. */
  readonly start: number;
  /** Where the white space before the word begins; `start` if there is none. */
  readonly gapStart: number;
  /** Line breaks before the word: 2 stands for a blank line. The first word of a text comes after one. */
  readonly lineBreaksBefore: LineBreaks;
  /** Whether nothing but white space follows on the line. */
  readonly endsLine: boolean;
}

type LineBreaks = 0 | 1 | 2;

const LINE_BREAK = /\n|\r(?!\n)|[\f\u2028\u2029]/;
const BLANK_LINE = /(?:\n|\r(?!\n)|[\f\u2028\u2029])\s*?(?:\n|\r(?!\n)|[\f\u2028\u2029])/;

/** The words of a text in their order; linear. */
export function* readWords(text: string): Generator<Word> {
  let start = 0;
  let gapStart = 0;
  let lineBreaksBefore: LineBreaks = 1;
  for (const { 0: gap, index: end } of text.matchAll(/\s+/g)) {
    const lineBreaks = countLineBreaks(gap);
    if (end > start) {
      yield { text: text.slice(start, end), start, gapStart, lineBreaksBefore, endsLine: lineBreaks > 0 };
      lineBreaksBefore = lineBreaks;
    }
    gapStart = end;
    start = end + gap.length;
  }
  if (start < text.length) {
    yield { text: text.slice(start), start, gapStart, lineBreaksBefore, endsLine: true };
  }
}

function countLineBreaks(gap: string): LineBreaks {
  if (gap === ' ' || !LINE_BREAK.test(gap)) return 0;
  return BLANK_LINE.test(gap) ? 2 : 1;
}

/**
 * The places where a text may be cut, the best first. The values are character codes: a text outline spells them as
 * letters, which serve the splitting library as separators.
 */
export const BREAK = {
  heading1: 65,
  heading2: 66,
  heading3: 67,
  heading4: 68,
  heading5: 69,
  heading6: 70,
  rule: 71,
  /** A blank line, or the edge of a fenced block. */
  paragraph: 72,
  /** A line that begins a list item, a table row or a quotation, or that follows a finished sentence. */
  line: 73,
  sentence: 74,
  /** Between a heading and its text: only cut where a whole sentence doesn't fit beside the heading. */
  afterHeading: 75,
  codeParagraph: 76,
  codeLine: 77,
  /** A line break in the middle of a sentence. */
  softLine: 78,
  clause: 79,
  word: 80,
  /** In the middle of a word, where there is nothing better. */
  hard: 81,
} as const;

/** Not a place for cutting. */
export const NO_BREAK = '_'.charCodeAt(0);

export type BreakStrength = (typeof BREAK)[keyof typeof BREAK];

/** All strengths, the best first. */
export const BREAK_STRENGTHS: readonly BreakStrength[] = Object.values(BREAK);

/** Whether a text that begins at such a place begins with a whole sentence, or a line of code. */
export function beginsSentence(strength: number): boolean {
  return strength <= BREAK.codeLine;
}

/** Whether a text that begins at such a place begins with a whole word. */
export function beginsWord(strength: number): boolean {
  return strength <= BREAK.word;
}

/** Longest piece that is looked at in one go, in UTF-16 units. */
const LONGEST_PIECE = 4_000;
const LIST_ITEM = /^(?:[-*+#>|•]|\d{1,9}[.)])\s/u;
const BLANK_LINE = /\n[^\S\n]*\n/u;
const SENTENCE_ENDS = ['. ', '! ', '? ', '。', '！', '？'];

/** Paragraphs and items of lists with single blanks between their words, long ones in pieces. */
export function* paragraphPieces(text: string): Generator<string> {
  let paragraph = '';
  for (const { line, afterBlank } of linesOf(text)) {
    if (afterBlank || LIST_ITEM.test(line)) {
      if (paragraph !== '') yield paragraph;
      paragraph = '';
    }
    paragraph = `${paragraph} ${line.replace(/\s+/gu, ' ')}`.trim();
    while (paragraph.length > LONGEST_PIECE) {
      const end = placeToCut(paragraph);
      yield paragraph.slice(0, end);
      paragraph = paragraph.slice(end).trim();
    }
  }
  if (paragraph !== '') yield paragraph;
}

interface Line {
  /** From its first visible character; part of a long one. */
  readonly line: string;
  /** Whether a blank line, or more of them, comes before it. */
  readonly afterBlank: boolean;
}

function* linesOf(text: string): Generator<Line> {
  const visible = /\S/gu;
  let end = 0;
  for (;;) {
    visible.lastIndex = end;
    const start = visible.exec(text)?.index;
    if (start === undefined) return;
    const afterBlank =
      start - end > 1 && BLANK_LINE.test(text.slice(Math.max(end, start - LONGEST_PIECE), start));
    const lineBreak = text.indexOf('\n', start);
    const lineEnd = lineBreak === -1 ? text.length : lineBreak;
    end = Math.min(lineEnd, start + LONGEST_PIECE);
    if (end < lineEnd) end = start + lastBlank(text.slice(start, end));
    yield { line: text.slice(start, end), afterBlank };
  }
}

/** After the last sentence that ends in the second half, else after the last word. */
function placeToCut(paragraph: string): number {
  const window = paragraph.slice(0, LONGEST_PIECE);
  const sentenceEnd = Math.max(...SENTENCE_ENDS.map((end) => window.lastIndexOf(end)));
  return sentenceEnd > LONGEST_PIECE / 2 ? sentenceEnd + 1 : lastBlank(window);
}

/** End of the last word, or of the last whole character of a window that is one word. */
function lastBlank(window: string): number {
  const blank = window.lastIndexOf(' ');
  if (blank > 0) return blank + 1;
  return /[\ud800-\udbff]$/u.test(window) ? window.length - 1 : window.length;
}

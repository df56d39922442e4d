/** A run of text on a page, as pdf.js has it: in reading order, with its place in points from the lower left corner. */
export interface TextItem {
  readonly str: string;
  readonly width: number;
  readonly height: number;
  /** The last two are x and y. */
  readonly transform: readonly unknown[];
  /** Whether a line ends here. */
  readonly hasEOL: boolean;
}

interface Line {
  text: string;
  readonly y: number;
  readonly height: number;
  right: number;
}

/** How far below the line before it a line of the same paragraph may be, in heights of the text. */
const LINE_DISTANCE = 1.7;
/** How much of the widest line a line has to fill for the next one to be its continuation. */
const FULL_SHARE = 0.85;
const SAME_SIZE = 0.1;
/** What begins an item of a list. */
const BULLET = /^\s*(?:[•‣▪●○◦–—*-]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s/u;

/** The text of a page, with the lines of each paragraph put together. */
export function pageText(items: readonly TextItem[]): string {
  const lines = toLines(items);
  const rightmost = lines.reduce((right, line) => Math.max(right, line.right), 0);
  let text = '';
  let before: Line | null = null;
  for (const line of lines) {
    if (before !== null) text = join(text, separator(before, line, rightmost), line.text);
    else text = line.text;
    before = line;
  }
  return text;
}

/** A word that was divided at the end of a line is one again. */
function join(text: string, between: string, next: string): string {
  const isDivided = between === ' ' && /^\p{Ll}-$/u.test(text.slice(-2)) && /^\p{Ll}/u.test(next);
  if (isDivided) return text.slice(0, -1) + next;
  return between === ' ' && text.endsWith('-') ? text + next : text + between + next;
}

function toLines(items: readonly TextItem[]): Line[] {
  const lines: Line[] = [];
  let line: Line | null = null;
  for (const item of items) {
    if (item.str !== '') {
      const x = Number(item.transform[4]);
      line ??= { text: '', y: Number(item.transform[5]), height: item.height, right: 0 };
      line.text += item.str;
      line.right = Math.max(line.right, x + item.width);
    }
    if (item.hasEOL && line !== null) {
      lines.push(line);
      line = null;
    }
  }
  if (line !== null) lines.push(line);
  return lines.filter(({ text }) => text.trim() !== '');
}

function separator(before: Line, line: Line, rightmost: number): string {
  const distance = before.y - line.y;
  const height = Math.max(before.height, line.height, 1);
  const isClose = distance > 0 && distance <= height * LINE_DISTANCE;
  const isSameSize = Math.abs(before.height - line.height) <= height * SAME_SIZE;
  if (!isClose || !isSameSize) return isClose ? '\n' : '\n\n';
  const isFull = before.right >= rightmost * FULL_SHARE;
  return isFull && !BULLET.test(line.text) ? ' ' : '\n';
}

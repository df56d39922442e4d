import type { FileText } from '../file-text.js';
import { cleanLine } from '../text/clean-text.js';
import { SectionWriter } from '../text/section-writer.js';

const ATX = /^ {0,3}(#{1,6})[ \t]+(\S.*)$/u;
const FENCE = /^ {0,3}(`{3,}|~{3,})/u;
const UNDERLINE = /^ {0,3}(=+|-{2,})[ \t]*$/u;
const FRONT_MATTER = '---';

/** Markdown: the text as it is, with the headings above each part of it. */
export function readMarkdown(text: string): FileText {
  const writer = new SectionWriter();
  const titles: string[] = [];
  const lines = text.split(/\r\n?|\n/u);
  let fence: string | null = null;
  let index = skipFrontMatter(lines);
  if (index > 0) writer.write(`${lines.slice(0, index).join('\n')}\n`);
  for (; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    fence = nextFence(fence, line);
    const heading = fence === null ? readHeading(line, lines[index + 1]) : null;
    if (heading === null) {
      writer.write(`${line}\n`);
      continue;
    }
    if (heading.level === 1) titles.push(cleanLine(heading.text));
    writer.heading(heading.level, heading.text, heading.lines.join('\n'));
    index += heading.lines.length - 1;
  }
  return { format: 'markdown', title: titles[0] ?? null, pages: null, sections: writer.finish() };
}

interface Heading {
  readonly level: number;
  readonly text: string;
  readonly lines: readonly string[];
}

function readHeading(line: string, next: string | undefined): Heading | null {
  const [, marks, text] = ATX.exec(line) ?? [];
  if (marks !== undefined && text !== undefined) {
    return { level: marks.length, text: withoutClosingMarks(text), lines: [line] };
  }
  const [, underline] = UNDERLINE.exec(next ?? '') ?? [];
  if (underline === undefined || !/^ {0,3}[\p{L}\p{N}*_[`"'(]/u.test(line)) return null;
  return { level: underline.startsWith('=') ? 1 : 2, text: line.trim(), lines: [line, next ?? ''] };
}

/** `Title ##` is `Title`. */
function withoutClosingMarks(text: string): string {
  const trimmed = text.trimEnd();
  let end = trimmed.length;
  while (trimmed[end - 1] === '#') end -= 1;
  return end < trimmed.length && /\s/u.test(trimmed[end - 1] ?? '')
    ? trimmed.slice(0, end).trimEnd()
    : trimmed;
}

/** The fence that a line leaves open; null outside of code. */
function nextFence(open: string | null, line: string): string | null {
  const [, marks] = FENCE.exec(line) ?? [];
  if (marks === undefined) return open;
  if (open === null) return marks;
  return marks.startsWith(open) && line.trim() === marks ? null : open;
}

/** How many lines of settings the file begins with. */
function skipFrontMatter(lines: readonly string[]): number {
  if (lines[0]?.trimEnd() !== FRONT_MATTER) return 0;
  const end = lines.findIndex((line, index) => index > 0 && line.trimEnd() === FRONT_MATTER);
  return end === -1 ? 0 : end + 1;
}

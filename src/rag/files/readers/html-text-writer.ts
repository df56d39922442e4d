import type { FileSection } from '../file-text.js';
import { cleanLine } from '../text/clean-text.js';
import { SectionWriter } from '../text/section-writer.js';

/** Not text, or not text of this page. */
const SKIPPED = new Set(
  'script style noscript template iframe object embed svg canvas audio video nav button select textarea dialog'.split(
    ' ',
  ),
);
/** Blocks of their own, with a blank line around them. */
const PARAGRAPHS = new Set(
  'p table ul ol dl blockquote pre figure section article main aside header footer form address details fieldset hr'.split(
    ' ',
  ),
);
/** Blocks that only start a line. */
const LINES = new Set('div li tr dt dd br caption figcaption summary legend option body'.split(' '));
const CELLS = new Set(['td', 'th']);
const HEADING = /^h[1-6]$/u;

/** Writes the text of a page while its tags come in. */
export class HtmlTextWriter {
  private readonly writer = new SectionWriter();
  private line = '';
  private pageTitle: string | null = null;
  private firstHeading: string | null = null;
  private headingText: string | null = null;
  private titleText: string | null = null;
  /** How many elements are open inside of one that is skipped, itself included. */
  private skipped = 0;
  private cells = 0;
  private preformatted = 0;

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (this.skipped > 0 || isSkipped(name, attributes)) {
      this.skipped += 1;
      return;
    }
    if (name === 'title') this.titleText = '';
    if (HEADING.test(name) && this.cells === 0) {
      // The one before was never closed.
      this.endHeading(Number(name[1]));
      this.endLine();
      this.headingText = '';
    }
    this.separate(name, true);
    if (CELLS.has(name)) this.cells += 1;
    if (name === 'pre') this.preformatted += 1;
    if (name === 'li' && this.cells === 0 && this.headingText === null) this.line = '- ';
  }

  close(name: string): void {
    if (this.skipped > 0) {
      this.skipped -= 1;
      return;
    }
    if (name === 'title') this.endTitle();
    if (HEADING.test(name)) this.endHeading(Number(name[1]));
    if (CELLS.has(name)) this.cells = Math.max(0, this.cells - 1);
    if (name === 'pre') this.preformatted = Math.max(0, this.preformatted - 1);
    this.separate(name, false);
  }

  text(text: string): void {
    if (this.skipped > 0) return;
    if (this.titleText !== null) this.titleText += text;
    else if (this.headingText !== null) this.headingText += text;
    else if (this.preformatted > 0 && this.cells === 0) this.writePreformatted(text);
    else this.append(collapse(text));
  }

  finish(): { title: string | null; sections: FileSection[] } {
    if (this.headingText !== null) this.endHeading(6);
    this.endLine();
    return { title: this.pageTitle ?? this.firstHeading, sections: this.writer.finish() };
  }

  private separate(name: string, isOpening: boolean): void {
    if (this.headingText !== null) {
      if (name === 'br') this.headingText += ' ';
      return;
    }
    if (CELLS.has(name)) {
      // Between cells only; a row's line begins with none.
      if (isOpening && this.line.trim() !== '') this.line = `${this.line.trimEnd()} | `;
      return;
    }
    const isParagraph = PARAGRAPHS.has(name);
    if (!isParagraph && !LINES.has(name)) return;
    if (this.cells > 0) {
      this.append(' ');
      return;
    }
    // A paragraph inside of a list item goes on behind its mark.
    if (this.line === '- ' && isOpening) return;
    this.endLine();
    if (isParagraph) this.writer.write('\n');
  }

  private append(text: string): void {
    const isAtSpace = this.line === '' || this.line.endsWith(' ');
    this.line += isAtSpace && text.startsWith(' ') ? text.slice(1) : text;
  }

  private writePreformatted(text: string): void {
    const [first = '', ...rest] = text.split('\n');
    this.line += first;
    for (const line of rest) {
      this.endLine();
      this.line = line;
    }
  }

  private endLine(): void {
    if (this.line.trim() !== '' && this.line !== '- ') this.writer.write(`${this.line}\n`);
    else if (this.preformatted > 0) this.writer.write('\n');
    this.line = '';
  }

  private endHeading(level: number): void {
    if (this.headingText === null) return;
    const text = cleanLine(this.headingText);
    this.headingText = null;
    if (text === '') return;
    this.firstHeading ??= text;
    this.writer.heading(level, text);
  }

  private endTitle(): void {
    const title = cleanLine(this.titleText ?? '');
    this.titleText = null;
    if (title !== '') this.pageTitle ??= title;
  }
}

function isSkipped(name: string, attributes: Readonly<Record<string, string>>): boolean {
  return SKIPPED.has(name) || attributes['hidden'] !== undefined || attributes['role'] === 'navigation';
}

function collapse(text: string): string {
  const words = text.split(/[ \t\r\n\f]/u).filter((word) => word !== '');
  const joined = words.join(' ');
  if (joined === '') return text === '' ? '' : ' ';
  return `${/^[ \t\r\n\f]/u.test(text) ? ' ' : ''}${joined}${/[ \t\r\n\f]$/u.test(text) ? ' ' : ''}`;
}

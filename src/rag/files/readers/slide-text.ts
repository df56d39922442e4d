import { readXml } from '../archive/read-xml.js';
import { cleanLine } from '../text/clean-text.js';

export interface SlideText {
  /** Empty where the slide has none. */
  readonly title: string;
  readonly text: string;
}

const TITLES = new Set(['title', 'ctrTitle']);
/** The same on every slide. */
const FURNITURE = new Set(['sldNum', 'ftr', 'dt', 'hdr', 'sldImg']);

/** The text of a slide or of its notes, shape by shape, with the rows of tables on lines of their own. */
export async function readSlide(xml: AsyncIterable<Buffer>): Promise<SlideText> {
  const collector = new SlideCollector();
  await readXml(xml, collector);
  return { title: cleanLine(collector.title), text: collector.body };
}

class SlideCollector {
  title = '';
  body = '';
  private placeholder: string | null = null;
  private shape = '';
  private paragraph = '';
  private isText = false;
  private row: string[] | null = null;

  open(name: string, attributes: ReadonlyMap<string, string>): void {
    if (name === 'sp' || name === 'graphicFrame') {
      this.placeholder = null;
      this.shape = '';
    } else if (name === 'ph') this.placeholder = attributes.get('type') ?? 'body';
    else if (name === 'tr') this.row = [];
    else if (name === 'tc') this.row?.push('');
    else if (name === 't') this.isText = true;
    else if (name === 'br') this.paragraph += '\n';
  }

  close(name: string): void {
    if (name === 't') this.isText = false;
    else if (name === 'p') this.endParagraph();
    else if (name === 'tr') this.endRow();
    else if (name === 'sp' || name === 'graphicFrame') this.endShape();
  }

  text(text: string): void {
    if (this.isText) this.paragraph += text;
  }

  private endParagraph(): void {
    if (this.row === null) this.shape += `${this.paragraph}\n`;
    else this.row.push(`${this.row.pop() ?? ''} ${this.paragraph}`);
    this.paragraph = '';
  }

  private endRow(): void {
    const cells = (this.row ?? []).map(cleanLine);
    this.shape += `${cells.filter((cell) => cell !== '').join(' | ')}\n`;
    this.row = null;
  }

  private endShape(): void {
    if (TITLES.has(this.placeholder ?? '')) this.title += ` ${this.shape}`;
    else if (!FURNITURE.has(this.placeholder ?? '')) this.body += `${this.shape}\n`;
    this.shape = '';
  }
}

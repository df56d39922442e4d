import { readFile } from 'node:fs/promises';
import { getResolvedPDFJS } from 'unpdf';
import type { FileText } from '../file-text.js';
import { READING_LIMITS } from '../reading-limits.js';
import { cleanLine } from '../text/clean-text.js';
import { SectionWriter } from '../text/section-writer.js';
import { UnreadableFileError } from '../unreadable-file.error.js';
import { type OutlineEntry, readOutline } from './pdf-outline.js';
import { pageText, type TextItem } from './pdf-page-text.js';

/** What writers of PDFs put where a title belongs. */
const NO_TITLE =
  /^(?:\(?(?:anonymous|untitled|unspecified|unknown|none|null)\)?|microsoft word - .*|.*\.(?:docx?|tex|dvi|indd|pdf|rtf))$/iu;

type Pdf = Awaited<ReturnType<typeof openPdf>>;

/** A PDF: its text page by page, under the headings of its outline. */
export async function readPdf(path: string): Promise<FileText> {
  const pdf = await openPdf(path);
  if (pdf.numPages > READING_LIMITS.pages) {
    throw new UnreadableFileError(`has more than ${READING_LIMITS.pages} pages; split it`);
  }
  const writer = new SectionWriter();
  const outline = await readOutline(pdf);
  let next = 0;
  for (let number = 1; number <= pdf.numPages; number += 1) {
    next = enterPage(writer, outline, next, number);
    writer.write(await readPage(pdf, number));
  }
  const sections = writer.finish();
  if (sections.length === 0) {
    throw new UnreadableFileError('has no text; if its pages are scanned, send it through OCR first');
  }
  return { format: 'pdf', title: await readTitle(pdf), pages: pdf.numPages, sections };
}

async function openPdf(path: string) {
  const { getDocument } = await getResolvedPDFJS();
  const data = new Uint8Array(await readFile(path));
  try {
    return await getDocument({ data, isEvalSupported: false, useSystemFonts: false, verbosity: 0 }).promise;
  } catch (error) {
    if (error instanceof Error && error.name === 'PasswordException') {
      throw new UnreadableFileError('is encrypted; remove its password', { cause: error });
    }
    throw broken(error);
  }
}

/** @returns position in the outline of what begins after this page */
function enterPage(
  writer: SectionWriter,
  outline: readonly OutlineEntry[],
  next: number,
  page: number,
): number {
  let index = next;
  const [first] = outline.slice(index);
  // A page goes on with the chapter before it; what begins on it counts for all of it.
  writer.enter({ page });
  if (first === undefined || first.page > page) return index;
  const entries: OutlineEntry[] = [];
  for (let entry = outline[index]; entry !== undefined && entry.page <= page; entry = outline[index]) {
    entries.push(entry);
    index += 1;
  }
  for (const { level, title } of entries) writer.heading(level, title, null);
  return index;
}

async function readPage(pdf: Pdf, number: number): Promise<string> {
  try {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    page.cleanup();
    return pageText(items.filter((item): item is TextItem & typeof item => 'str' in item));
  } catch (error) {
    throw broken(error);
  }
}

async function readTitle(pdf: Pdf): Promise<string | null> {
  const { info } = await pdf.getMetadata().catch(() => ({ info: {} }));
  const title: unknown = (info as { Title?: unknown }).Title;
  if (typeof title !== 'string') return null;
  const clean = cleanLine(title).slice(0, 1000);
  return clean === '' || NO_TITLE.test(clean) ? null : clean;
}

function broken(cause: unknown): UnreadableFileError {
  return new UnreadableFileError('is broken: it is no whole PDF', { cause });
}

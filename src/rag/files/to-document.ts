import { extname } from 'node:path';
import type { IndexFileDto } from '../dto/index-file.dto.js';
import type { SourceDocument, TextPart } from '../indexing/source-document.js';
import type { FileSection, FileText } from './file-text.js';
import { cleanLine } from './text/clean-text.js';

const BETWEEN_SECTIONS = '\n\n';
const MAX_TITLE_LENGTH = 1000;
const MAX_SOURCE_LENGTH = 2000;

/** A file's text as one document, with what the request says about it before what the file itself says. */
export function toDocument(
  { format, title, sections }: FileText,
  fileName: string,
  request: Pick<IndexFileDto, 'id' | 'title' | 'source' | 'source_type' | 'metadata'>,
): SourceDocument & { title: string } {
  const name = cleanLine(fileName);
  const { id, metadata } = request;
  return {
    ...(id !== undefined && { id }),
    text: sections.map(({ text }) => text).join(BETWEEN_SECTIONS),
    parts: toParts(sections),
    title: request.title ?? shorten(title ?? withoutExtension(name), MAX_TITLE_LENGTH),
    source: request.source ?? shorten(name, MAX_SOURCE_LENGTH),
    source_type: request.source_type ?? format,
    ...(metadata !== undefined && { metadata }),
  };
}

function toParts(sections: readonly FileSection[]): TextPart[] {
  let offset = 0;
  return sections.map(({ text, headings, ...place }) => {
    const start = offset;
    offset += text.length + BETWEEN_SECTIONS.length;
    const metadata = { ...place, ...(headings.length > 0 && { headings }) };
    return { start, end: start + text.length, metadata };
  });
}

function withoutExtension(name: string): string {
  return name.slice(0, name.length - extname(name).length) || name;
}

/** Never within a character, and never empty: a name may consist of control characters alone. */
function shorten(text: string, length: number): string {
  const short = text.slice(0, length);
  return (short.isWellFormed() ? short : short.slice(0, -1)).trim() || 'file';
}

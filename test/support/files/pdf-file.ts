export interface PdfOptions {
  readonly title?: string;
  /** Headings, each with the page on which it begins, from 1. */
  readonly outline?: readonly (readonly [title: string, page: number])[];
  /** Length of the content stream's lines of text, in points below one another. */
  readonly leading?: number;
}

/** A PDF with these lines on its pages, in Helvetica, uncompressed. A page without lines has a rectangle only. */
export function pdfFile(pages: readonly (readonly string[])[], options: PdfOptions = {}): Buffer {
  const { title, outline = [], leading = 14 } = options;
  const pageId = (index: number) => 4 + index * 2;
  const firstHeading = 4 + pages.length * 2;
  const infoId = firstHeading + outline.length + 1;
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R${outline.length > 0 ? ` /Outlines ${firstHeading} 0 R` : ''} >>`,
    `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, index) => `${pageId(index)} 0 R`).join(' ')}] >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...pages.flatMap((lines, index) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents ${pageId(index) + 1} 0 R ` +
        '/Resources << /Font << /F1 3 0 R >> >> >>',
      stream(pageContent(lines, leading)),
    ]),
    ...outlineObjects(outline, firstHeading, pageId),
  ];
  while (objects.length < infoId - 1) objects.push('null');
  objects.push(title === undefined ? '<< >>' : `<< /Title (${title}) >>`);
  return assemble(objects, infoId);
}

function pageContent(lines: readonly string[], leading: number): string {
  if (lines.length === 0) return '0 0 100 100 re f';
  const shown = lines.map((line) => `(${line.replaceAll(/[\\()]/gu, String.raw`\$&`)}) Tj 0 -${leading} Td`);
  return `BT /F1 12 Tf 72 720 Td ${shown.join(' ')} ET`;
}

function outlineObjects(
  outline: readonly (readonly [string, number])[],
  first: number,
  pageId: (index: number) => number,
): string[] {
  if (outline.length === 0) return [];
  const root = `<< /Type /Outlines /First ${first + 1} 0 R /Last ${first + outline.length} 0 R /Count ${outline.length} >>`;
  const items = outline.map(([title, page], index) => {
    const next = index + 1 < outline.length ? ` /Next ${first + index + 2} 0 R` : '';
    return `<< /Title (${title}) /Parent ${first} 0 R /Dest [${pageId(page - 1)} 0 R /Fit]${next} >>`;
  });
  return [root, ...items];
}

function stream(content: string): string {
  return `<< /Length ${content.length} >>\nstream\n${content}\nendstream`;
}

function assemble(objects: readonly string[], infoId: number): Buffer {
  let text = '%PDF-1.7\n';
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const start = text.length;
  const size = objects.length + 1;
  text += `xref\n0 ${size}\n0000000000 65535 f \n${entries}`;
  text += `trailer\n<< /Size ${size} /Root 1 0 R /Info ${infoId} 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}

import { zipFile, type ZipEntry } from './zip-file.js';

const PACKAGE = 'application/vnd.openxmlformats-officedocument';
const RELATIONSHIPS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const DRAWING = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"';
const SLIDES = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"';
const REFERENCES = `xmlns:r="${RELATIONSHIPS}"`;
const SHEETS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';

/** A Word document with this body. @param parts in place of, or beside those that it needs */
export function docxFile(body: string, parts: readonly ZipEntry[] = []): Buffer {
  return zipFile([
    ...contentTypes(`${PACKAGE}.wordprocessingml.document.main+xml`, 'word/document.xml'),
    relationships('_rels/.rels', [['r1', 'officeDocument', 'word/document.xml']]),
    relationships('word/_rels/document.xml.rels', [['r1', 'styles', 'styles.xml']]),
    { name: 'word/styles.xml', content: WORD_STYLES },
    { name: 'word/document.xml', content: `<w:document ${WORD}><w:body>${body}</w:body></w:document>` },
    ...parts,
  ]);
}

/** A paragraph of a Word document. @param style its id, e.g. `Heading1` */
export function wordParagraph(text: string, style?: string): string {
  const properties = style === undefined ? '' : `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`;
  return `<w:p>${properties}<w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
}

export function wordTable(rows: readonly (readonly string[])[]): string {
  const cells = (row: readonly string[]) => row.map((cell) => `<w:tc>${wordParagraph(cell)}</w:tc>`).join('');
  return `<w:tbl>${rows.map((row) => `<w:tr>${cells(row)}</w:tr>`).join('')}</w:tbl>`;
}

const WORD_STYLES = `<w:styles ${WORD}>
  <w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>
  <w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/></w:style>
</w:styles>`;

export interface Slide {
  readonly title?: string;
  readonly paragraphs?: readonly string[];
  readonly table?: readonly (readonly string[])[];
  readonly notes?: string;
}

/** A presentation. The slides' parts are numbered backwards: their order is the presentation's business. */
export function pptxFile(slides: readonly Slide[], title?: string): Buffer {
  const part = (index: number) => `slides/slide${slides.length - index}.xml`;
  const ids = slides.map((_, index) => `<p:sldId id="${256 + index}" r:id="r${index}"/>`).join('');
  return zipFile([
    ...contentTypes(`${PACKAGE}.presentationml.presentation.main+xml`, 'ppt/presentation.xml'),
    {
      name: 'ppt/presentation.xml',
      content: `<p:presentation ${SLIDES} ${REFERENCES}><p:sldIdLst>${ids}</p:sldIdLst></p:presentation>`,
    },
    relationships(
      'ppt/_rels/presentation.xml.rels',
      slides.map((_, index) => [`r${index}`, 'slide', part(index)]),
    ),
    ...slides.flatMap((slide, index) => slideParts(slide, `ppt/${part(index)}`, index)),
    ...(title === undefined ? [] : [coreProperties(title)]),
  ]);
}

function slideParts(
  { title, paragraphs = [], table, notes }: Slide,
  name: string,
  index: number,
): ZipEntry[] {
  const shapes = [
    ...(title === undefined ? [] : [shape('title', [title])]),
    ...(paragraphs.length === 0 ? [] : [shape('body', paragraphs)]),
    ...(table === undefined ? [] : [drawingTable(table)]),
    shape('sldNum', [String(index + 1)]),
  ].join('');
  const slide = { name, content: `<p:sld ${SLIDES} ${DRAWING}><p:spTree>${shapes}</p:spTree></p:sld>` };
  if (notes === undefined) return [slide];
  const notesName = `ppt/notesSlides/notes${index}.xml`;
  return [
    slide,
    relationships(`ppt/slides/_rels/${name.split('/').at(-1) ?? ''}.rels`, [
      ['r1', 'notesSlide', `../notesSlides/notes${index}.xml`],
    ]),
    { name: notesName, content: `<p:notes ${SLIDES} ${DRAWING}>${shape('body', [notes])}</p:notes>` },
  ];
}

function shape(placeholder: string, paragraphs: readonly string[]): string {
  const text = paragraphs.map(drawingParagraph).join('');
  return `<p:sp><p:nvPr><p:ph type="${placeholder}"/></p:nvPr><p:txBody>${text}</p:txBody></p:sp>`;
}

function drawingParagraph(text: string): string {
  return `<a:p><a:r><a:t>${text}</a:t></a:r></a:p>`;
}

function drawingTable(rows: readonly (readonly string[])[]): string {
  const cells = (row: readonly string[]) =>
    row.map((cell) => `<a:tc><a:txBody>${drawingParagraph(cell)}</a:txBody></a:tc>`).join('');
  const body = rows.map((row) => `<a:tr>${cells(row)}</a:tr>`).join('');
  return `<p:graphicFrame><a:tbl>${body}</a:tbl></p:graphicFrame>`;
}

export interface Sheet {
  readonly name: string;
  /** XML of its rows. */
  readonly rows: string;
  readonly state?: string;
}

/** A workbook. Style 1 of its cells is a date, style 2 a date and a time in a format of its own. */
export function xlsxFile(
  sheets: readonly Sheet[],
  { strings = '', properties = '' }: { strings?: string; properties?: string } = {},
): Buffer {
  const list = sheets
    .map(({ name, state }, index) => {
      const shown = state === undefined ? '' : ` state="${state}"`;
      return `<sheet name="${name}" sheetId="${index + 1}"${shown} r:id="r${index}"/>`;
    })
    .join('');
  return zipFile([
    ...contentTypes(`${PACKAGE}.spreadsheetml.sheet.main+xml`, 'xl/workbook.xml'),
    {
      name: 'xl/workbook.xml',
      content: `<workbook ${SHEETS} ${REFERENCES}>${properties}<sheets>${list}</sheets></workbook>`,
    },
    relationships('xl/_rels/workbook.xml.rels', [
      ...sheets.map((_, index): Relation => [`r${index}`, 'worksheet', `worksheets/sheet${index}.xml`]),
      ['s', 'sharedStrings', 'sharedStrings.xml'],
      ['t', 'styles', '/xl/styles.xml'],
    ]),
    { name: 'xl/sharedStrings.xml', content: `<sst ${SHEETS}>${strings}</sst>` },
    { name: 'xl/styles.xml', content: CELL_STYLES },
    ...sheets.map(({ rows }, index) => ({
      name: `xl/worksheets/sheet${index}.xml`,
      content: `<worksheet ${SHEETS}><sheetData>${rows}</sheetData></worksheet>`,
    })),
  ]);
}

const CELL_STYLES = `<styleSheet ${SHEETS}>
  <numFmts><numFmt numFmtId="170" formatCode="[$-409]dd/mm/yyyy\\ hh:mm"/><numFmt numFmtId="171" formatCode="0.0&quot; days&quot;"/></numFmts>
  <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
  <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs>
</styleSheet>`;

function contentTypes(type: string, part: string): ZipEntry[] {
  const xmlns = 'http://schemas.openxmlformats.org/package/2006/content-types';
  const override = `<Override PartName="/${part}" ContentType="${type}"/>`;
  const defaults = '<Default Extension="xml" ContentType="application/xml"/>';
  return [{ name: '[Content_Types].xml', content: `<Types xmlns="${xmlns}">${defaults}${override}</Types>` }];
}

type Relation = readonly [id: string, type: string, target: string];

function relationships(name: string, list: readonly Relation[]): ZipEntry {
  const xmlns = 'http://schemas.openxmlformats.org/package/2006/relationships';
  const items = list
    .map(
      ([id, type, target]) => `<Relationship Id="${id}" Type="${RELATIONSHIPS}/${type}" Target="${target}"/>`,
    )
    .join('');
  return { name, content: `<Relationships xmlns="${xmlns}">${items}</Relationships>` };
}

function coreProperties(title: string): ZipEntry {
  const namespaces =
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" ' +
    'xmlns:dc="http://purl.org/dc/elements/1.1/"';
  return {
    name: 'docProps/core.xml',
    content: `<cp:coreProperties ${namespaces}><dc:title>${title}</dc:title></cp:coreProperties>`,
  };
}

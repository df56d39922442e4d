import { readDocumentTitle } from '../archive/document-title.js';
import type { OfficeArchive } from '../archive/office-archive.js';
import { readXml } from '../archive/read-xml.js';
import { readRelationships, type Relationship } from '../archive/relationships.js';
import type { FileText } from '../file-text.js';
import { SectionWriter } from '../text/section-writer.js';
import { type CellFormats, readCellFormats } from './cell-formats.js';
import { readSheet } from './sheet-rows.js';
import { readSharedStrings } from './shared-strings.js';
import { TableWriter } from './table-writer.js';

interface Workbook {
  readonly sheets: readonly { readonly name: string; readonly part: string }[];
  /** Whether days count from 1904 on, as on old Macs. */
  readonly is1904: boolean;
}

/** A workbook: the rows of each sheet that is not hidden, with the values that were there when it was saved. */
export async function readXlsx(archive: OfficeArchive, mainPart: string): Promise<FileText> {
  const writer = new SectionWriter();
  const relationships = await readRelationships(archive, mainPart);
  const { sheets, is1904 } = await readWorkbook(archive, mainPart, relationships);
  const strings = await readSharedStrings(archive, partOf(relationships, 'sharedStrings'));
  const styles = await readCellFormats(archive, partOf(relationships, 'styles'));
  const formats: CellFormats = { ...styles, is1904 };
  for (const { name, part } of sheets) {
    writer.enter({ sheet: name });
    writer.heading(2, name);
    const table = new TableWriter(writer);
    await readSheet(archive.read(part), { strings, formats }, (row) => {
      table.row(row);
    });
    writer.leaveHeadings();
  }
  return {
    format: 'xlsx',
    title: await readDocumentTitle(archive),
    pages: null,
    sections: writer.finish(),
  };
}

async function readWorkbook(
  archive: OfficeArchive,
  mainPart: string,
  relationships: ReadonlyMap<string, Relationship>,
): Promise<Workbook> {
  const sheets: { name: string; part: string }[] = [];
  let is1904 = false;
  await readXml(archive.read(mainPart), {
    open: (tag, attributes) => {
      if (tag === 'workbookPr') is1904 = /^(?:1|true)$/u.test(attributes.get('date1904') ?? '');
      const sheet = relationships.get(attributes.get('r:id') ?? '');
      const isShown = (attributes.get('state') ?? 'visible') === 'visible';
      // Sheets may be charts as well.
      if (tag === 'sheet' && sheet?.type === 'worksheet' && isShown) {
        sheets.push({ name: attributes.get('name') ?? '', part: sheet.target });
      }
    },
  });
  return { sheets, is1904 };
}

function partOf(relationships: ReadonlyMap<string, Relationship>, type: string): string | null {
  return [...relationships.values()].find((relationship) => relationship.type === type)?.target ?? null;
}

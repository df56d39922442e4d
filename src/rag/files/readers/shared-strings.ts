import type { OfficeArchive } from '../archive/office-archive.js';
import { readXml } from '../archive/read-xml.js';

/** The texts that a workbook's cells refer to by number. */
export async function readSharedStrings(archive: OfficeArchive, part: string | null): Promise<string[]> {
  const strings: string[] = [];
  if (part === null || !archive.has(part)) return strings;
  let current = '';
  let isText = false;
  let isReading = false;
  await readXml(archive.read(part), {
    open: (tag) => {
      if (tag === 'si') current = '';
      // How a text is pronounced, in Japanese workbooks.
      else if (tag === 'rPh') isReading = true;
      else if (tag === 't') isText = !isReading;
    },
    close: (tag) => {
      if (tag === 'si') strings.push(current);
      else if (tag === 'rPh') isReading = false;
      else if (tag === 't') isText = false;
    },
    text: (text) => {
      if (isText) current += text;
    },
  });
  return strings;
}

import type { OfficeArchive } from '../archive/office-archive.js';
import { readXml } from '../archive/read-xml.js';

export interface CellFormats {
  /** For each style of cells, whether numbers in it are dates. */
  readonly isDate: readonly boolean[];
  readonly is1904: boolean;
}

/** Built-in formats of dates and times, by number; ECMA-376, part 1, 18.8.30. */
const DATE_FORMATS: readonly (readonly [number, number])[] = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
];
const MILLISECONDS_PER_DAY = 86_400_000;
const DAYS_1900 = 25_569;
const DAYS_1904 = 24_107;
/** Days until 9999-12-31. */
const MAX_DAYS = 2_958_465;

/** Which of a workbook's styles show dates. */
export async function readCellFormats(
  archive: OfficeArchive,
  part: string | null,
): Promise<Pick<CellFormats, 'isDate'>> {
  const isDate: boolean[] = [];
  if (part === null || !archive.has(part)) return { isDate };
  const ownDates = new Set<number>();
  let isCellStyle = false;
  await readXml(archive.read(part), {
    open: (tag, attributes) => {
      const id = Number(attributes.get('numFmtId'));
      if (tag === 'numFmt' && isDateCode(attributes.get('formatCode') ?? '')) ownDates.add(id);
      else if (tag === 'cellXfs') isCellStyle = true;
      else if (tag === 'xf' && isCellStyle) isDate.push(ownDates.has(id) || isBuiltInDate(id));
    },
    close: (tag) => {
      if (tag === 'cellXfs') isCellStyle = false;
    },
  });
  return { isDate };
}

/** A number as a cell of this style shows it, more or less: `2026-11-24`, `2026-11-24 13:30`, `13:30`, `0.3`. */
export function formatNumber(text: string, style: number, { isDate, is1904 }: CellFormats): string {
  const value = Number(text);
  if (!Number.isFinite(value)) return text;
  if (isDate[style] !== true || value < 0 || value > MAX_DAYS) return String(Number(value.toPrecision(15)));
  const days = value - (is1904 ? DAYS_1904 : DAYS_1900);
  const iso = new Date(Math.round((days * MILLISECONDS_PER_DAY) / 1000) * 1000).toISOString();
  const date = iso.slice(0, 10);
  const time = iso.slice(11, iso.slice(17, 19) === '00' ? 16 : 19);
  if (value < 1) return time;
  return time === '00:00' ? date : `${date} ${time}`;
}

function isBuiltInDate(id: number): boolean {
  return DATE_FORMATS.some(([first, last]) => id >= first && id <= last);
}

/** Whether a format of one's own has a letter of a date outside of its quotations, colours and conditions. */
function isDateCode(code: string): boolean {
  const bare = code
    .slice(0, 500)
    .replace(/"[^"]*"/gu, '')
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/giu, '')
    .replace(/\\./gu, '');
  return /[ymdhs]/iu.test(bare) && !/general/iu.test(bare);
}

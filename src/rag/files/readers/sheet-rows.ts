import { readXml } from '../archive/read-xml.js';
import { READING_LIMITS } from '../reading-limits.js';
import { UnreadableFileError } from '../unreadable-file.error.js';
import { type CellFormats, formatNumber } from './cell-formats.js';
import { tooManyRows } from './csv-reader.js';

/**
 * Reads the rows of a sheet that hold anything, each as texts by column. Rows far down and cells far out cost nothing.
 * @param onRow called for each row as it comes
 */
export async function readSheet(
  xml: AsyncIterable<Buffer>,
  { strings, formats }: { readonly strings: readonly string[]; readonly formats: CellFormats },
  onRow: (row: string[]) => void,
): Promise<void> {
  await readXml(xml, new RowCollector(strings, formats, onRow));
}

class RowCollector {
  private rows = 0;
  private row: string[] = [];
  private column = 0;
  private type = 'n';
  private style = 0;
  private value = '';
  private isValue = false;

  constructor(
    private readonly strings: readonly string[],
    private readonly formats: CellFormats,
    private readonly onRow: (row: string[]) => void,
  ) {}

  open(name: string, attributes: ReadonlyMap<string, string>): void {
    if (name === 'row') {
      this.row = [];
      this.column = -1;
    } else if (name === 'c') {
      // Cells without a reference follow one another.
      this.column = columnOf(attributes.get('r')) ?? this.column + 1;
      this.type = attributes.get('t') ?? 'n';
      this.style = Number(attributes.get('s') ?? 0);
      this.value = '';
    } else if (name === 'v' || name === 't') this.isValue = true;
  }

  text(text: string): void {
    if (this.isValue) this.value += text;
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.isValue = false;
    else if (name === 'c') this.endCell();
    else if (name === 'row' && this.row.length > 0) {
      this.rows += 1;
      if (this.rows > READING_LIMITS.rows) throw new UnreadableFileError(tooManyRows());
      this.onRow(this.row);
    }
  }

  private endCell(): void {
    const text = this.cellText();
    if (text === '' || this.column >= READING_LIMITS.columns) return;
    while (this.row.length < this.column) this.row.push('');
    this.row[this.column] = text;
  }

  private cellText(): string {
    switch (this.type) {
      case 's':
        return this.strings[Number(this.value)] ?? '';
      case 'b':
        return this.value === '1' ? 'TRUE' : this.value === '' ? '' : 'FALSE';
      case 'n':
        return this.value === '' ? '' : formatNumber(this.value, this.style, this.formats);
      // Formulas that failed, such as #N/A, say nothing.
      case 'e':
        return '';
      default:
        return this.value;
    }
  }
}

/** `AB7` is column 27. */
function columnOf(reference: string | undefined): number | null {
  const [letters] = /^[A-Z]{1,3}/u.exec(reference ?? '') ?? [];
  if (letters === undefined) return null;
  return [...letters].reduce((total, letter) => total * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

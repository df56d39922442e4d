import { cleanLine } from '../text/clean-text.js';
import type { SectionWriter } from '../text/section-writer.js';

/**
 * Writes a table row by row. Rows below a header are written as `Name: Kim; City: Oslo`, because a chunk from the
 * middle of a table doesn't show its header.
 */
export class TableWriter {
  private header: readonly string[] | null = null;

  constructor(private readonly writer: SectionWriter) {}

  /** @param cells by column; an empty text where there is nothing */
  row(cells: readonly string[]): void {
    const clean = cells.map(cleanLine);
    const filled = clean.filter((cell) => cell !== '');
    if (filled.length === 0) return;
    if (this.header === null) {
      this.writer.write(`${filled.join(' | ')}\n`);
      // A single cell is a title or a remark above the table.
      if (filled.length > 1 || clean.length === 1) this.header = isHeader(clean) ? clean : [];
      return;
    }
    const { header } = this;
    const named = clean.flatMap((cell, column) => {
      if (cell === '') return [];
      const name = header[column] ?? '';
      return [name === '' || header.length === 1 ? cell : `${name}: ${cell}`];
    });
    this.writer.write(`${named.join(header.length === 0 ? ' | ' : '; ')}\n`);
  }
}

/** Names of columns are short, and none is a number. */
function isHeader(cells: readonly string[]): boolean {
  const filled = cells.filter((cell) => cell !== '');
  return (
    filled.every((cell) => cell.length <= 80 && Number.isNaN(Number(cell.replaceAll(',', '')))) &&
    new Set(filled).size === filled.length
  );
}

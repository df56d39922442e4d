import { parse } from 'csv-parse';
import { Readable } from 'node:stream';
import type { FileText } from '../file-text.js';
import { READING_LIMITS } from '../reading-limits.js';
import { SectionWriter } from '../text/section-writer.js';
import { UnreadableFileError } from '../unreadable-file.error.js';
import { TableWriter } from './table-writer.js';

const DELIMITERS = [',', ';', '\t', '|'];
const SAMPLE_LINES = 20;

/** A table of comma-separated values, or of values separated by semicolons, tabs or bars. */
export async function readCsv(text: string): Promise<FileText> {
  const writer = new SectionWriter();
  const table = new TableWriter(writer);
  const parser = parse({
    delimiter: findDelimiter(text),
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: 1_000_000,
  });
  let rows = 0;
  try {
    for await (const row of Readable.from([text]).pipe(parser)) {
      rows += 1;
      if (rows > READING_LIMITS.rows) throw new UnreadableFileError(tooManyRows());
      table.row((row as string[]).slice(0, READING_LIMITS.columns));
    }
  } catch (error) {
    if (error instanceof UnreadableFileError) throw error;
    throw new UnreadableFileError('is broken: a quotation mark in the table is never closed', {
      cause: error,
    });
  }
  return { format: 'csv', title: null, pages: null, sections: writer.finish() };
}

export function tooManyRows(): string {
  return `has a table of more than ${READING_LIMITS.rows} rows; split it`;
}

/** The one that most of the first lines have equally often, and often. */
export function findDelimiter(text: string): string {
  const lines = text
    .slice(0, 64_000)
    .split(/\r\n?|\n/u, SAMPLE_LINES)
    .filter((line) => line.trim() !== '');
  const score = (delimiter: string) => {
    const counts = lines.map((line) => line.split(delimiter).length - 1);
    const first = counts[0] ?? 0;
    return first === 0 ? 0 : counts.filter((count) => count === first).length + first / 1000;
  };
  const [best = ','] = [...DELIMITERS].sort((one, other) => score(other) - score(one));
  return best;
}

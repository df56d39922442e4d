import type { Pace } from '../text/pace.js';
import { sentencesOf } from '../text/sentences.js';
import { type ContentWord, readContentWords, readNameWords } from './content-words.js';
import { WordRelations } from './word-relations.js';

/** Different words of a text that are compared, the most frequent ones. */
const MOST_TEXT_WORDS = 150;
/** Different words of one name, and of all names, that are compared. */
const MOST_NAME_WORDS = 20;
const MOST_WORDS_OF_NAMES = 600;
/** How much rarity counts. */
const RARITY_POWER = 0.75;
/** Words less related than this have nothing to do with each other. */
const UNRELATED_BELOW = 0.05;
/** Weight of how much of the text a name covers, beside how much of the name the text covers. */
const TEXT_WEIGHT = 6;

export interface CategoryScore {
  /** 0 or more; comparable among the categories of one text. */
  readonly score: number;
  /** Share of the name that the text covers, 0 to 1. */
  readonly coverage: number;
}

/** Tells how near a text is to the names of categories. */
export class CategoryScorer {
  private relations: Promise<WordRelations> | undefined;

  /**
   * Each word of a name is aligned with the most related word of the text, and each word of the text with the most
   * related one of the name (as Mihalcea et al. 2006 do); rarer words count more.
   */
  async score(text: string, categories: readonly string[], pace: Pace): Promise<CategoryScore[]> {
    this.relations ??= WordRelations.open();
    const comparison = new Comparison(await pace.waitFor(this.relations), await frequentWords(text, pace));
    const scores: CategoryScore[] = [];
    for (const category of categories) scores.push(await comparison.score(readNameWords(category), pace));
    return scores;
  }
}

class Comparison {
  private readonly rows = new Map<string, readonly number[]>();
  private readonly textWeights: readonly number[];

  constructor(
    private readonly relations: WordRelations,
    private readonly text: readonly ContentWord[],
  ) {
    this.textWeights = text.map((word) => this.weigh(word));
  }

  async score(name: readonly ContentWord[], pace: Pace): Promise<CategoryScore> {
    const best = this.text.map(() => 0);
    let covered = 0;
    let total = 0;
    for (const word of distinct(name).slice(0, MOST_NAME_WORDS)) {
      const row = await this.rowOf(word, pace);
      row.forEach((related, index) => (best[index] = Math.max(best[index] ?? 0, related)));
      const weight = this.weigh(word);
      covered += weight * Math.max(0, ...row);
      total += weight;
    }
    if (total === 0) return { score: 0, coverage: 0 };
    const textTotal = sum(this.textWeights);
    const textCovered = sum(best.map((related, index) => related * (this.textWeights[index] ?? 0)));
    const ofText = textTotal === 0 ? 0 : textCovered / textTotal;
    return { score: covered / Math.sqrt(total) + TEXT_WEIGHT * ofText, coverage: covered / total };
  }

  /** How related a word of a name is to each word of the text. */
  private async rowOf(word: ContentWord, pace: Pace): Promise<readonly number[]> {
    const known = this.rows.get(word.stem);
    if (known !== undefined) return known;
    const isExpanded = this.rows.size < MOST_WORDS_OF_NAMES;
    const row: number[] = [];
    for (const other of this.text) {
      row.push(isExpanded ? this.relatedness(word, other) : Number(word.stem === other.stem));
      await pace.step();
    }
    this.rows.set(word.stem, row);
    return row;
  }

  private relatedness(left: ContentWord, right: ContentWord): number {
    const related = this.relations.relatedness(left, right);
    return related < UNRELATED_BELOW ? 0 : related;
  }

  private weigh({ stem }: ContentWord): number {
    return Math.max(this.relations.rarity(stem), 0) ** RARITY_POWER;
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

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

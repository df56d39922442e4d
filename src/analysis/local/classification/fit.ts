import { association, type WeighedWord } from './association.js';

/** How much of a word's nearness is believed; the rest is chance. */
const BELIEVED = 0.2;
/** Weight of how well a name explains the text, beside how well the text explains the name. */
const TEXT_WEIGHT = 2;

export interface Fit {
  /** Around 0 when text and name have no more in common than any. */
  readonly score: number;
  /** Share of the name that the text covers, 0 to 1; related words cover each other in part. */
  readonly coverage: number;
}

/** Tells how well lists of words fit; words are numbers, their places among all words. */
export class WordFit {
  private readonly expanded: readonly WeighedWord[];
  private readonly rows: Float32Array[] = [];

  /** @param mostExpanded words, the first ones, whose nearness to others counts; the rest is only compared for equality */
  constructor(
    private readonly words: readonly WeighedWord[],
    mostExpanded: number,
  ) {
    this.expanded = words.slice(0, mostExpanded);
  }

  /** Finds how near a word of a name is to the others; takes up to a millisecond. */
  prepare(word: number): void {
    const own = this.expanded[word];
    if (own === undefined) return;
    const row = new Float32Array(this.expanded.length);
    this.expanded.forEach((other, place) => (row[place] = association(own, other)));
    this.rows[word] = row;
  }

  /**
   * The likelihood of each side given the other, as in translation models of retrieval (Berger & Lafferty 1999), in
   * logarithms and against chance.
   *
   * @param name words that are prepared
   */
  between(text: readonly number[], name: readonly number[]): Fit {
    const textTotal = this.total(text);
    const nameTotal = this.total(name);
    if (textTotal === 0 || nameTotal === 0) return { score: 0, coverage: 0 };
    const explained = text.map(() => 0);
    let ofName = 0;
    let covered = 0;
    for (const word of name) {
      const weight = this.weightOf(word);
      const row = this.rows[word] ?? [];
      const same = this.sameness(word);
      let near = 0;
      let nearest = 0;
      text.forEach((other, index) => {
        const associated = other === word ? same : (row[other] ?? 1);
        near += (this.weightOf(other) / textTotal) * associated;
        explained[index] = (explained[index] ?? 0) + (weight / nameTotal) * associated;
        nearest = Math.max(nearest, associated);
      });
      ofName += weight * surprise(near);
      covered += weight * Math.min(1, Math.max(0, Math.log(nearest) / Math.log(same)));
    }
    const ofText = text.reduce(
      (sum, word, index) => sum + this.weightOf(word) * surprise(explained[index] ?? 1),
      0,
    );
    return {
      score: ofName / Math.sqrt(nameTotal) + (TEXT_WEIGHT * ofText) / Math.sqrt(textTotal),
      coverage: covered / nameTotal,
    };
  }

  private sameness(word: number): number {
    const own = this.words[word];
    return own === undefined ? 1 : association(own, own);
  }

  private total(words: readonly number[]): number {
    return words.reduce((sum, word) => sum + this.weightOf(word), 0);
  }

  private weightOf(word: number): number {
    return this.words[word]?.weight ?? 0;
  }
}

function surprise(nearness: number): number {
  return Math.log(1 - BELIEVED + BELIEVED * nearness);
}

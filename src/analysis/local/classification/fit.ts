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
  private readonly rows: Float32Array[] = [];

  /** @param expanded words whose nearness to others counts; the rest is only compared for equality */
  constructor(
    private readonly words: readonly WeighedWord[],
    private readonly expanded: number,
  ) {}

  /**
   * The likelihood of each side given the other, as in translation models of retrieval (Berger & Lafferty 1999), in
   * logarithms and against chance.
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
      const row = this.rowOf(word);
      let near = 0;
      let nearest = 0;
      text.forEach((other, index) => {
        const associated = row[other] ?? 1;
        near += (this.weightOf(other) / textTotal) * associated;
        explained[index] = (explained[index] ?? 0) + (weight / nameTotal) * associated;
        nearest = Math.max(nearest, associated);
      });
      ofName += weight * surprise(near);
      covered += weight * Math.min(1, Math.max(0, Math.log(nearest) / Math.log(row[word] ?? Math.E)));
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

  /** How near a word is to every word. */
  private rowOf(word: number): Float32Array {
    let row = this.rows[word];
    if (row === undefined) {
      row = Float32Array.from(this.words, (other, place) => this.associationOf(word, place, other));
      this.rows[word] = row;
    }
    return row;
  }

  private associationOf(word: number, place: number, other: WeighedWord): number {
    const own = this.words[word];
    if (own === undefined) return 1;
    return word === place || (word < this.expanded && place < this.expanded) ? association(own, other) : 1;
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

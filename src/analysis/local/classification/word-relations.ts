import { TimeSlice } from '../../../common/async/time-slice.js';
import type { ContentWord } from './content-words.js';
import { readContentWords } from './content-words.js';
import { WordNet, type MeaningId } from './wordnet/wordnet.js';

/** Of each part of speech. */
const SENSES = 2;
/** Related meanings of one that are read. */
const MOST_RELATED = 100;
/** Weight of a related meaning's definition beside that of the meaning itself. */
const RELATED_WEIGHT = 0.5;
/** One meaning in so many is read to tell how rare words are. */
const SAMPLE_STEP = 8;
/** Words whose definitions are kept. */
const MOST_KEPT = 500;

type Vector = ReadonlyMap<string, number>;

/**
 * How near words are to each other by what WordNet says about them: two words are near when their definitions, and
 * those of what they are related to, use the same words (extended gloss overlap, Banerjee & Pedersen 2003; as
 * vectors, Patwardhan & Pedersen 2006).
 */
export class WordRelations {
  private readonly vectors = new Map<string, Vector>();

  private constructor(
    private readonly wordNet: WordNet,
    private readonly frequencies: ReadonlyMap<string, number>,
    private readonly sampled: number,
  ) {}

  /** Reads the dictionary; takes a moment, in slices. */
  static async open(): Promise<WordRelations> {
    const wordNet = await WordNet.open();
    const frequencies = new Map<string, number>();
    const slice = new TimeSlice();
    let sampled = 0;
    for (const definition of wordNet.sample(SAMPLE_STEP)) {
      const stems = new Set(readContentWords(definition).map(({ stem }) => stem));
      for (const stem of stems) frequencies.set(stem, (frequencies.get(stem) ?? 0) + 1);
      sampled += 1;
      await slice.breathe();
    }
    return new WordRelations(wordNet, frequencies, sampled);
  }

  /** Inverse document frequency of a stem among definitions: the rarer, the higher. */
  rarity(stem: string): number {
    return Math.log(this.sampled / (this.frequencies.get(stem) ?? 0.5));
  }

  /** 0 (nothing in common) to 1 (the same stem). */
  relatedness(left: ContentWord, right: ContentWord): number {
    return left.stem === right.stem ? 1 : dot(this.vectorOf(left), this.vectorOf(right));
  }

  private vectorOf(word: ContentWord): Vector {
    let vector = this.vectors.get(word.text);
    if (vector === undefined) {
      vector = this.makeVector(word);
      const [oldest] = this.vectors.keys();
      if (this.vectors.size >= MOST_KEPT && oldest !== undefined) this.vectors.delete(oldest);
      this.vectors.set(word.text, vector);
    }
    return vector;
  }

  private makeVector({ text, stem }: ContentWord): Vector {
    const vector = new Map<string, number>();
    for (const { id, share } of this.wordNet.senses(text, SENSES))
      addTo(vector, this.meaningVector(id), share);
    const direction = new Map(unit(vector));
    addTo(direction, new Map([[stem, 1]]), 1);
    return unit(direction);
  }

  private meaningVector(id: MeaningId): Vector {
    const counts = new Map<string, number>();
    const meaning = this.wordNet.meaning(id);
    countWords(counts, `${meaning.words} ${meaning.definition}`, 1);
    for (const other of meaning.related.slice(0, MOST_RELATED)) {
      const { words, definition } = this.wordNet.meaning(other);
      countWords(counts, `${words} ${definition}`, RELATED_WEIGHT);
    }
    return unit(
      new Map(
        [...counts].map(([stem, count]) => [
          stem,
          (count > 1 ? 1 + Math.log(count) : count) * this.rarity(stem),
        ]),
      ),
    );
  }
}

function countWords(counts: Map<string, number>, text: string, weight: number): void {
  for (const { stem } of readContentWords(text)) counts.set(stem, (counts.get(stem) ?? 0) + weight);
}

function addTo(sums: Map<string, number>, vector: Vector, weight: number): void {
  for (const [stem, value] of vector) sums.set(stem, (sums.get(stem) ?? 0) + value * weight);
}

function unit(vector: Vector): Vector {
  let squares = 0;
  for (const value of vector.values()) squares += value * value;
  const length = Math.sqrt(squares) || 1;
  return new Map([...vector].map(([stem, value]) => [stem, value / length]));
}

function dot(left: Vector, right: Vector): number {
  const [small, large] = left.size < right.size ? [left, right] : [right, left];
  let sum = 0;
  for (const [stem, value] of small) sum += value * (large.get(stem) ?? 0);
  return Math.min(sum, 1);
}

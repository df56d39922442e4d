import type { TrainingPace } from './training-pace.js';

/** Terms that a model knows, each with its column and its weight. Plain data. */
export interface Vocabulary {
  readonly columns: ReadonlyMap<string, number>;
  /** Inverse document frequency of each column. */
  readonly rarity: Float64Array;
}

/** One row of a matrix: columns with their weights, of length 1 (or 0, where no term is known). */
export interface SparseVector {
  readonly columns: Int32Array;
  readonly weights: Float64Array;
}

/** Distinct terms counted at once; those that first appear later are left out. Bounds memory, not quality. */
const MOST_COUNTED = 500_000;
const MOST_KNOWN = 60_000;
const FEWEST_TASKS = 2;
const TERMS_BETWEEN_BREATHS = 5_000;

/** Counts in how many tasks each term appears. */
export class VocabularyBuilder {
  private readonly tasksWith = new Map<string, number>();
  private tasks = 0;

  add(terms: Iterable<string>): void {
    this.tasks += 1;
    for (const term of terms) {
      const before = this.tasksWith.get(term);
      if (before === undefined && this.tasksWith.size >= MOST_COUNTED) continue;
      this.tasksWith.set(term, (before ?? 0) + 1);
    }
  }

  /** Terms of two tasks or more, in the order of their appearance. */
  async build(pace: TrainingPace): Promise<Vocabulary> {
    const columns = new Map<string, number>();
    const rarity: number[] = [];
    let visited = 0;
    for (const [term, tasks] of this.tasksWith) {
      if (tasks >= FEWEST_TASKS && columns.size < MOST_KNOWN) {
        columns.set(term, columns.size);
        rarity.push(Math.log((1 + this.tasks) / (1 + tasks)) + 1);
      }
      visited += 1;
      if (visited % TERMS_BETWEEN_BREATHS === 0) await pace.breathe();
    }
    return { columns, rarity: Float64Array.from(rarity) };
  }
}

/** tf-idf, `(1 + ln count) · rarity`, scaled to length 1. */
export function vectorize(counts: ReadonlyMap<string, number>, vocabulary: Vocabulary): SparseVector {
  const entries: [column: number, weight: number][] = [];
  for (const [term, count] of counts) {
    const column = vocabulary.columns.get(term);
    if (column === undefined) continue;
    entries.push([column, (1 + Math.log(count)) * (vocabulary.rarity[column] ?? 0)]);
  }
  const length = Math.sqrt(entries.reduce((sum, [, weight]) => sum + weight * weight, 0));
  return {
    columns: Int32Array.from(entries, ([column]) => column),
    weights: Float64Array.from(entries, ([, weight]) => weight / length),
  };
}

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

  /** Terms of two tasks or more, the most frequent first. */
  build(): Vocabulary {
    const known = [...this.tasksWith]
      .filter(([, tasks]) => tasks >= FEWEST_TASKS)
      .sort(([a, tasksA], [b, tasksB]) => tasksB - tasksA || (a < b ? -1 : 1))
      .slice(0, MOST_KNOWN);
    return {
      columns: new Map(known.map(([term], column) => [term, column])),
      rarity: Float64Array.from(known, ([, tasks]) => Math.log((1 + this.tasks) / (1 + tasks)) + 1),
    };
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

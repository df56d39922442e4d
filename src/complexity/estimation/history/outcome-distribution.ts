/** An outcome with its weight; lists of them are sorted by value. */
export interface WeightedValue {
  readonly value: number;
  readonly weight: number;
}

/** A value with its share of the weight, and the share below it plus half of its own. */
interface Atom {
  readonly value: number;
  readonly cumulative: number;
  readonly middle: number;
}

/** A distribution of outcomes: distinct values with weights. */
export class OutcomeDistribution {
  private constructor(private readonly atoms: readonly Atom[]) {}

  /**
   * @param values rising; equal ones may repeat
   * @param weights one for each value, not all 0
   */
  static of(values: Float64Array, weights: Float64Array): OutcomeDistribution {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const atoms: Atom[] = [];
    let cumulative = 0;
    for (let at = 0; at < values.length;) {
      const value = values[at] ?? 0;
      const before = cumulative;
      for (; at < values.length && values[at] === value; at++) cumulative += (weights[at] ?? 0) / total;
      atoms.push({ value, cumulative, middle: (before + cumulative) / 2 });
    }
    return new OutcomeDistribution(atoms);
  }

  /** The value that the sum of absolute errors is smallest for. */
  median(): number {
    // Sums of thousands of floating-point shares are not exact.
    const half = 0.5 - 1e-9;
    return (this.atoms.find(({ cumulative }) => cumulative >= half) ?? this.atoms.at(-1))?.value ?? 0;
  }

  /** Where a share of the weight lies below, between values by interpolation: values that repeat aren't steps. */
  quantile(share: number): number {
    let before: Atom | undefined;
    for (const atom of this.atoms) {
      if (atom.middle >= share) return between(before, atom, share);
      before = atom;
    }
    return before?.value ?? 0;
  }

  /** Share of the weight from `low` to `high`, both included. */
  shareWithin(low: number, high: number): number {
    const upTo = this.atoms.findLast(({ value }) => value <= high)?.cumulative ?? 0;
    const below = this.atoms.findLast(({ value }) => value < low)?.cumulative ?? 0;
    // Sums of shares are a little more than 1 at times.
    return Math.min(1, Math.max(0, upTo - below));
  }
}

function between(before: Atom | undefined, atom: Atom, share: number): number {
  if (before === undefined) return atom.value;
  const way = (share - before.middle) / (atom.middle - before.middle);
  return before.value + way * (atom.value - before.value);
}

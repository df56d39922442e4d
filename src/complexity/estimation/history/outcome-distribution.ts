/** A distribution of outcomes: distinct values, each with its weight. */
export class OutcomeDistribution {
  private constructor(
    /** Distinct, rising. */
    private readonly values: Float64Array,
    /** Share of the weight up to each value, its own included. */
    private readonly cumulative: Float64Array,
  ) {}

  /**
   * @param values rising; equal ones may repeat
   * @param weights one for each value, not all 0
   */
  static of(values: Float64Array, weights: Float64Array): OutcomeDistribution {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const distinct = new Float64Array(values.length);
    const cumulative = new Float64Array(values.length);
    let count = 0;
    let share = 0;
    values.forEach((value, at) => {
      share += (weights[at] ?? 0) / total;
      if (at > 0 && value !== values[at - 1]) count += 1;
      distinct[count] = value;
      // Sums of thousands of shares are a little more than 1 at times.
      cumulative[count] = Math.min(1, share);
    });
    return new OutcomeDistribution(distinct.slice(0, count + 1), cumulative.slice(0, count + 1));
  }

  /** The value that the sum of absolute errors is smallest for. */
  median(): number {
    // Nor is a half exact.
    return this.values[this.firstWhere((at) => this.upTo(at) >= 0.5 - 1e-9)] ?? 0;
  }

  /** Where a share of the weight lies below, between values by interpolation: values that repeat aren't steps. */
  quantile(share: number): number {
    const at = this.firstWhere((index) => this.middleOf(index) >= share);
    const value = this.values[at] ?? 0;
    if (at === 0 || this.middleOf(at) < share) return value;
    const before = this.values[at - 1] ?? 0;
    const way = (share - this.middleOf(at - 1)) / (this.middleOf(at) - this.middleOf(at - 1));
    return before + way * (value - before);
  }

  /** Share of the weight from `low` to `high`, both included. */
  shareWithin(low: number, high: number): number {
    const below = this.values.findLastIndex((value) => value < low);
    const upTo = this.values.findLastIndex((value) => value <= high);
    return Math.max(0, this.upTo(upTo) - this.upTo(below));
  }

  private upTo(at: number): number {
    return at < 0 ? 0 : (this.cumulative[at] ?? 1);
  }

  /** Share below a value and half of its own. */
  private middleOf(at: number): number {
    return (this.upTo(at - 1) + this.upTo(at)) / 2;
  }

  /** The first index that fulfils a condition that all later ones fulfil too; the last one where none does. */
  private firstWhere(holds: (at: number) => boolean): number {
    let low = 0;
    let high = this.values.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (holds(middle)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

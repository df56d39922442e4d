/** Mean and median of values that keep coming. */
export class RunningValues {
  private readonly sorted: number[] = [];
  private sum = 0;

  add(value: number | null): void {
    if (value === null) return;
    this.sorted.splice(this.placeOf(value), 0, value);
    this.sum += value;
  }

  /** Null while there is none. */
  get mean(): number | null {
    return this.sorted.length === 0 ? null : this.sum / this.sorted.length;
  }

  /** Null while there is none; of an even number of values, the mean of the two in the middle. */
  get median(): number | null {
    const { length } = this.sorted;
    const upper = this.sorted[length >> 1];
    const lower = this.sorted[(length - 1) >> 1];
    return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
  }

  private placeOf(value: number): number {
    let from = 0;
    let to = this.sorted.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((this.sorted[middle] ?? 0) < value) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}

/** Collects how far predictions are off. */
export class ErrorStatistics {
  private total = 0;
  private absolute = 0;
  private signed = 0;
  private withinOne = 0;

  /** Counts only where both are known. */
  add(predicted: number | null, actual: number | null): void {
    if (predicted === null || actual === null) return;
    const error = predicted - actual;
    this.total += 1;
    this.absolute += Math.abs(error);
    this.signed += error;
    // Averages of levels need not be levels.
    if (Math.abs(Math.round(predicted) - actual) <= 1) this.withinOne += 1;
  }

  get count(): number {
    return this.total;
  }

  /** Null where nothing could be compared, as are the others. */
  get meanAbsoluteError(): number | null {
    return this.share(this.absolute);
  }

  /** Above 0 where predictions were too high. */
  get bias(): number | null {
    return this.share(this.signed);
  }

  /** Share of predictions that, as whole numbers, were off by no more than 1. */
  get withinOneShare(): number | null {
    return this.share(this.withinOne);
  }

  private share(sum: number): number | null {
    return this.total === 0 ? null : sum / this.total;
  }
}

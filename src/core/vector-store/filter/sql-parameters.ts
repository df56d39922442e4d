/** The values of a statement's numbered placeholders, gathered while its text is written. */
export class SqlParameters {
  /** The value of `$1` first. */
  readonly values: unknown[];

  /** @param initial values that the statement already has placeholders for */
  constructor(initial: readonly unknown[] = []) {
    this.values = [...initial];
  }

  /** Keeps the value and returns its placeholder, such as `$3`. */
  add(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

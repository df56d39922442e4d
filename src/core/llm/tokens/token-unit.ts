/** What a model counts a text's length in. */
export interface TokenUnit {
  /** A number that the count of a text never exceeds, found without counting. */
  upperBound(text: string): number;
  /** Makes the function that counts a segment; what it needs is loaded when it is first asked for. */
  load(): Promise<(segment: string) => number>;
}

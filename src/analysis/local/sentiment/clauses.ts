/** Where a sentence turns: what stands before and after may be of different opinions. */
const TURN = /[;,]?\s+(?=(?:but|although|though|however|while|whereas|yet)\s)|;\s+/giu;

/** The parts of a sentence that can differ in sentiment. */
export function clausesOf(sentence: string): string[] {
  return sentence.split(TURN).filter((clause) => clause.trim() !== '');
}

import { BREAK, NO_BREAK, type BreakStrength } from './break-strength.js';

const HIGH_SURROGATE = /[\uD800-\uDBFF]/;
const LOW_SURROGATE = /[\uDC00-\uDFFF]/;

/** A text, and for each of its UTF-16 units how good a place it is for beginning a chunk. */
export class TextOutline {
  private readonly strengths: Buffer;

  constructor(readonly text: string) {
    this.strengths = Buffer.alloc(text.length, NO_BREAK);
  }

  get length(): number {
    return this.text.length;
  }

  /** A strength of `BREAK`, or `NO_BREAK`. */
  strengthAt(offset: number): number {
    return this.strengths[offset] ?? NO_BREAK;
  }

  /** Notes a place for cutting. The best of several strengths wins. */
  mark(offset: number, strength: BreakStrength): void {
    if (strength < this.strengthAt(offset)) this.strengths[offset] = strength;
  }

  /**
   * Marks places in the middle of words, so that no more than `maximumLength` units lie between two marks; two units
   * where a surrogate pair doesn't fit.
   */
  markHardBreaks(maximumLength: number): void {
    let last = 0;
    for (let offset = 1; offset < this.length; offset += 1) {
      if (this.strengthAt(offset) !== NO_BREAK) {
        last = offset;
      } else if (offset - last >= maximumLength) {
        const cut = this.isInsidePair(offset) && offset - 1 > last ? offset - 1 : offset;
        if (this.isInsidePair(cut)) continue;
        this.mark(cut, BREAK.hard);
        last = cut;
      }
    }
  }

  /** The strengths of a part of the text as letters, one for each UTF-16 unit; there is no white space in it. */
  spell(from: number, to: number): string {
    return this.strengths.toString('latin1', from, to);
  }

  /** Whether cutting here would tear a surrogate pair apart. */
  isInsidePair(offset: number): boolean {
    return LOW_SURROGATE.test(this.text.charAt(offset)) && HIGH_SURROGATE.test(this.text.charAt(offset - 1));
  }
}

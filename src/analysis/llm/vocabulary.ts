import { TimeSlice } from '../../common/async/time-slice.js';
import { analyze } from '../../common/text/analyzer.js';
import { textSegments } from '../../core/llm/tokens/text-segments.js';

/** Letters at the start by which stems are looked up. */
const INDEX_LENGTH = 3;
/** Share of the longer of two stems that both must begin with to count as forms of one word: "hauser", "hau". */
const SHARED_SHARE = 0.5;

/** The words of a text, and what can be derived from them. */
export class Vocabulary {
  private readonly stems = new Set<string>();
  private readonly byStart = new Map<string, string[]>();

  private constructor(private readonly lowerCaseText: string) {}

  /** Time grows with the length of the text, in slices of a few milliseconds. */
  static async of(text: string, signal: AbortSignal): Promise<Vocabulary> {
    const vocabulary = new Vocabulary(text.toLowerCase());
    const slice = new TimeSlice();
    for (const segment of textSegments(text)) {
      signal.throwIfAborted();
      for (const stem of analyze(segment)) vocabulary.add(stem);
      await slice.breathe();
    }
    return vocabulary;
  }

  /** Whether the text has no words. */
  get isEmpty(): boolean {
    return this.stems.size === 0;
  }

  /** Whether the text has a phrase, or each of its words in some form. */
  yields(phrase: string): boolean {
    if (this.lowerCaseText.includes(phrase.trim().toLowerCase())) return true;
    const stems = analyze(phrase);
    return stems.length > 0 && stems.every((stem) => this.stems.has(stem) || this.hasFormOf(stem));
  }

  private add(stem: string): void {
    if (this.stems.has(stem)) return;
    this.stems.add(stem);
    const start = stem.slice(0, INDEX_LENGTH);
    const others = this.byStart.get(start);
    if (others === undefined) this.byStart.set(start, [stem]);
    else others.push(stem);
  }

  /** Stemming knows English alone; other languages change the ends of words as well. */
  private hasFormOf(stem: string): boolean {
    if (stem.length < INDEX_LENGTH) return false;
    return (this.byStart.get(stem.slice(0, INDEX_LENGTH)) ?? []).some(
      (other) => sharedStart(stem, other) >= SHARED_SHARE * Math.max(stem.length, other.length),
    );
  }
}

function sharedStart(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}

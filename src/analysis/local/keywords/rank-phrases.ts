import { analyze } from '../../../common/text/analyzer.js';
import type { Pace } from '../text/pace.js';

/** More words than this don't make a phrase more telling. */
const TELLING_WORDS = 3;
/** Different phrases that are kept in mind; what is new after these comes too late to matter. */
const MOST_PHRASES = 20_000;

interface Candidate {
  readonly text: string;
  readonly weight: number;
  readonly position: number;
  count: number;
}

/**
 * Ranks phrases by their number of words (longer ones are terms rather than words of everyday language) times how
 * often they occur, logarithmically; earlier ones first among equals. Phrases with the same stems are one.
 */
export class PhraseRanking {
  private readonly candidates = new Map<string, Candidate>();
  private seen = 0;

  get isEmpty(): boolean {
    return this.candidates.size === 0;
  }

  async addAll(batches: Iterable<readonly string[]>, pace: Pace): Promise<void> {
    for (const phrases of batches) {
      for (const phrase of phrases) this.add(phrase);
      await pace.step();
    }
  }

  private add(phrase: string): void {
    this.seen += 1;
    const key = stemsOf(phrase);
    const known = this.candidates.get(key);
    if (known !== undefined) known.count += 1;
    else if (this.candidates.size < MOST_PHRASES) {
      const weight = Math.min(phrase.split(/[ -]/u).length, TELLING_WORDS);
      this.candidates.set(key, { text: phrase, weight, position: this.seen, count: 1 });
    }
  }

  /** @returns the best phrases as they are written where they first occur */
  best(count: number): string[] {
    const score = (candidate: Candidate) => candidate.weight * (1 + Math.log(candidate.count));
    return [...this.candidates.values()]
      .sort((a, b) => score(b) - score(a) || a.position - b.position)
      .slice(0, count)
      .map(({ text }) => text);
  }
}

/** What two ways of writing a phrase have in common; the phrase itself where it has only stop words. */
function stemsOf(phrase: string): string {
  const stems = analyze(phrase).join(' ');
  return stems === '' ? phrase.toLowerCase() : stems;
}

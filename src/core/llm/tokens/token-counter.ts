import { TimeSlice } from '../../../common/async/time-slice.js';
import { textSegments } from './text-segments.js';
import type { TokenUnit } from './token-unit.js';

/**
 * Counts the tokens of texts of any length, in time that grows with their length and in slices of a few milliseconds.
 * Around cuts through very long runs without a blank, a count may be a token too high.
 */
export class TokenCounter {
  constructor(private readonly unit: TokenUnit) {}

  /** A number that the count of a text never exceeds, found without counting. */
  upperBound(text: string): number {
    return this.unit.upperBound(text);
  }

  /** Counts no further than it takes to know. */
  async isOverLimit(text: string, maxTokens: number, signal?: AbortSignal): Promise<boolean> {
    if (this.unit.upperBound(text) <= maxTokens) return false;
    const count = await this.unit.load();
    return (await countUpTo(text, { count, maxTokens, slice: new TimeSlice(), signal })) > maxTokens;
  }

  async countMany(texts: readonly string[], signal?: AbortSignal): Promise<number[]> {
    const count = await this.unit.load();
    const slice = new TimeSlice();
    const counts: number[] = [];
    for (const text of texts)
      counts.push(await countUpTo(text, { count, maxTokens: Infinity, slice, signal }));
    return counts;
  }
}

interface Counting {
  readonly count: (segment: string) => number;
  readonly maxTokens: number;
  readonly slice: TimeSlice;
  readonly signal: AbortSignal | undefined;
}

async function countUpTo(text: string, { count, maxTokens, slice, signal }: Counting): Promise<number> {
  let total = 0;
  for (const segment of textSegments(text)) {
    signal?.throwIfAborted();
    total += count(segment);
    if (total > maxTokens) break;
    await slice.breathe();
  }
  return total;
}

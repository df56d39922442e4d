import type { TokenUnit } from './token-unit.js';

/**
 * The time that merging takes grows with the square of the length of an unbroken run (a million letters would take
 * hours), so that longer runs are cut.
 */
const LONGEST_RUN = 64;
const LONG_RUNS = new RegExp(
  String.raw`\p{L}{${LONGEST_RUN + 1},}|[^\s\p{L}\p{N}]{${LONGEST_RUN + 1},}|\s{${LONGEST_RUN + 1},}`,
  'gu',
);
const RUN_PARTS = new RegExp(String.raw`[\s\S]{1,${LONGEST_RUN}}`, 'gu');

/** Merges of runs that the tokenizer remembers. Texts are full of repeated words. */
const REMEMBERED_MERGES = 20_000;

// A text may spell out a control token, which to an embedding model is a text like any other.
const PLAIN_TEXT = { disallowedSpecial: new Set<string>() };

/** Tokens of OpenAI's `cl100k_base`, which all of its embedding models use. */
export const CL100K_TOKENS: TokenUnit = {
  // A token is at least a byte of UTF-8, and a UTF-16 unit at most three.
  upperBound: (text) => Buffer.byteLength(text),

  async load() {
    const { countTokens, setMergeCacheSize } = await import('gpt-tokenizer/encoding/cl100k_base');
    setMergeCacheSize(REMEMBERED_MERGES);
    const count = (text: string): number => countTokens(text, PLAIN_TEXT);
    return (segment) => countInRuns(segment, count);
  },
};

function countInRuns(segment: string, count: (text: string) => number): number {
  let total = 0;
  let counted = 0;
  for (const { 0: run, index } of segment.matchAll(LONG_RUNS)) {
    total += count(segment.slice(counted, index));
    for (const part of run.match(RUN_PARTS) ?? []) total += count(part);
    counted = index + run.length;
  }
  return total + count(segment.slice(counted));
}

import type { ContentWord } from './content-words.js';
import { TEMPERATURE } from './word-vectors/layout.js';
import type { KnownWord, WordVectors } from './word-vectors/word-vectors.js';

/** Of a word without a vector, which is a rare one. */
const UNKNOWN_WEIGHT = 1;
/** The crowding of an average word. */
const USUAL_CROWDING = 1;

/** A word with what its use says about it. */
export interface WeighedWord {
  readonly stem: string;
  readonly weight: number;
  readonly known: KnownWord | undefined;
}

export function weighWord({ text, stem }: ContentWord, vectors: WordVectors): WeighedWord {
  const known = vectors.find(text);
  return { stem, weight: known?.weight ?? UNKNOWN_WEIGHT, known };
}

/** How many times as near two words are as words are on average: 1 where nothing is known, highest for one stem. */
export function association(left: WeighedWord, right: WeighedWord): number {
  const same = left.stem === right.stem;
  if (!same && (left.known === undefined || right.known === undefined)) return 1;
  const leftCrowding = left.known?.crowding ?? right.known?.crowding ?? USUAL_CROWDING;
  const rightCrowding = right.known?.crowding ?? leftCrowding;
  const cosine = same ? 1 : dot(left.known?.vector, right.known?.vector);
  return Math.exp(cosine / TEMPERATURE - (leftCrowding + rightCrowding) / 2);
}

function dot(left: Float32Array | undefined, right: Float32Array | undefined): number {
  if (left === undefined || right === undefined) return 0;
  let sum = 0;
  for (let index = 0; index < left.length; index += 1) sum += (left[index] ?? 0) * (right[index] ?? 0);
  return sum;
}

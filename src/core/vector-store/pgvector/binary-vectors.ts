import { encodeArray } from '../../database/binary-arrays.js';

/*
 * PostgreSQL's binary form of pgvector's `vector`. Text costs ten times more on both sides. Layout: vector_send in
 * pgvector's vector.c.
 */

const HEADER_BYTES = 4;

/** A `vector` parameter. */
export function encodeVector(vector: Float32Array): Buffer {
  const buffer = Buffer.allocUnsafe(vectorBytes(vector));
  writeVector(buffer, 0, vector);
  return buffer;
}

/** A `vector[]` parameter. @param type object id of the type `vector`, which differs between databases */
export function encodeVectorArray(vectors: readonly Float32Array[], type: number): Buffer {
  return encodeArray(vectors, { type, byteLength: vectorBytes, write: writeVector });
}

/** A `vector` in its text form, `[1,2.5,…]`. */
export function parseVector(text: string): Float32Array {
  return Float32Array.from(JSON.parse(text) as number[]);
}

function vectorBytes(vector: Float32Array): number {
  return HEADER_BYTES + vector.byteLength;
}

function writeVector(buffer: Buffer, start: number, vector: Float32Array): void {
  let offset = buffer.writeInt16BE(vector.length, start);
  offset = buffer.writeInt16BE(0, offset);
  const values = buffer.subarray(offset, offset + vector.byteLength);
  values.set(new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength));
  // Node.js runs on nothing but little-endian machines; PostgreSQL sends the other way round.
  values.swap32();
}

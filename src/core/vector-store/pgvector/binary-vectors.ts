/*
 * PostgreSQL's binary forms of pgvector's `vector`, and of arrays of vectors and integers. Text costs ten times more on both
 * sides. Layouts: vector_send in pgvector's vector.c, array_send in PostgreSQL's arrayfuncs.c.
 */

const VECTOR_HEADER_BYTES = 4;
const ARRAY_HEADER_BYTES = 20;
/** Object id of the type `int`, the same in every database. */
const INTEGER_TYPE = 23;

/** A `vector` parameter. */
export function encodeVector(vector: Float32Array): Buffer {
  const buffer = Buffer.allocUnsafe(vectorBytes(vector));
  writeVector(buffer, 0, vector);
  return buffer;
}

/** A `vector[]` parameter. @param elementType object id of the type `vector`, which differs between databases */
export function encodeVectorArray(vectors: readonly Float32Array[], elementType: number): Buffer {
  const size = vectors.reduce((total, vector) => total + 4 + vectorBytes(vector), ARRAY_HEADER_BYTES);
  const buffer = Buffer.allocUnsafe(size);
  let offset = writeArrayHeader(buffer, elementType, vectors.length);
  for (const vector of vectors) {
    offset = buffer.writeInt32BE(vectorBytes(vector), offset);
    offset = writeVector(buffer, offset, vector);
  }
  return buffer;
}

/** An `int[]` parameter. */
export function encodeIntegerArray(values: readonly number[]): Buffer {
  const buffer = Buffer.allocUnsafe(ARRAY_HEADER_BYTES + 8 * values.length);
  let offset = writeArrayHeader(buffer, INTEGER_TYPE, values.length);
  for (const value of values) {
    offset = buffer.writeInt32BE(4, offset);
    offset = buffer.writeInt32BE(value, offset);
  }
  return buffer;
}

/** A `vector` in its text form, `[1,2.5,…]`. */
export function parseVector(text: string): Float32Array {
  return Float32Array.from(JSON.parse(text) as number[]);
}

function writeArrayHeader(buffer: Buffer, elementType: number, length: number): number {
  buffer.writeInt32BE(1, 0); // dimensions of the array
  buffer.writeInt32BE(0, 4); // no nulls
  buffer.writeUInt32BE(elementType, 8);
  buffer.writeInt32BE(length, 12);
  return buffer.writeInt32BE(1, 16); // first subscript
}

function vectorBytes(vector: Float32Array): number {
  return VECTOR_HEADER_BYTES + vector.length * Float32Array.BYTES_PER_ELEMENT;
}

function writeVector(buffer: Buffer, start: number, vector: Float32Array): number {
  let offset = buffer.writeInt16BE(vector.length, start);
  offset = buffer.writeInt16BE(0, offset);
  const values = buffer.subarray(offset, offset + vector.byteLength);
  values.set(new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength));
  // Node.js runs on nothing but little-endian machines; PostgreSQL sends the other way round.
  values.swap32();
  return offset + vector.byteLength;
}

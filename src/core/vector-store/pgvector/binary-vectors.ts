/*
 * PostgreSQL's binary forms of pgvector's `vector` and of an array of them. Text costs ten times more on both
 * sides. Layouts: vector_send in pgvector's vector.c, array_send in PostgreSQL's arrayfuncs.c.
 */

const VECTOR_HEADER_BYTES = 4;
const ARRAY_HEADER_BYTES = 20;

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
  buffer.writeInt32BE(1, 0); // dimensions of the array
  buffer.writeInt32BE(0, 4); // no nulls
  buffer.writeUInt32BE(elementType, 8);
  buffer.writeInt32BE(vectors.length, 12);
  buffer.writeInt32BE(1, 16); // first subscript
  let offset = ARRAY_HEADER_BYTES;
  for (const vector of vectors) {
    offset = buffer.writeInt32BE(vectorBytes(vector), offset);
    offset = writeVector(buffer, offset, vector);
  }
  return buffer;
}

/** A `vector` in its text form, `[1,2.5,…]`. */
export function parseVector(text: string): Float32Array {
  return Float32Array.from(JSON.parse(text) as number[]);
}

function vectorBytes(vector: Float32Array): number {
  return VECTOR_HEADER_BYTES + vector.length * Float32Array.BYTES_PER_ELEMENT;
}

function writeVector(buffer: Buffer, start: number, vector: Float32Array): number {
  let offset = buffer.writeInt16BE(vector.length, start);
  offset = buffer.writeInt16BE(0, offset);
  for (const value of vector) offset = buffer.writeFloatBE(value, offset);
  return offset;
}

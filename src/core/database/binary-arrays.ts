/*
 * PostgreSQL's binary form of one-dimensional arrays, for parameters with many elements: text has to be escaped, and
 * parsed on the other side. Layout: array_send in PostgreSQL's arrayfuncs.c. Object ids of types: pg_type.dat.
 */

const HEADER_BYTES = 20;
const LENGTH_BYTES = 4;
const NULL_LENGTH = -1;

const INTEGER_TYPE = 23;
const TEXT_TYPE = 25;
const BYTEA_TYPE = 17;
const JSONB_TYPE = 3802;
const JSONB_VERSION = 1;

/** How elements become bytes. */
export interface ElementCodec<Element> {
  /** Object id of the elements' type. */
  readonly type: number;
  byteLength(element: Element): number;
  /** Writes as many bytes as `byteLength` said, from `offset` on. */
  write(buffer: Buffer, offset: number, element: Element): void;
}

/** An array parameter. Null stands for null. */
export function encodeArray<Element>(
  elements: readonly (Element | null)[],
  codec: ElementCodec<Element>,
): Buffer {
  const lengths = elements.map((element) => (element === null ? NULL_LENGTH : codec.byteLength(element)));
  const size = lengths.reduce((total, length) => total + LENGTH_BYTES + Math.max(0, length), HEADER_BYTES);
  const buffer = Buffer.allocUnsafe(size);
  let offset = writeHeader(buffer, codec.type, elements.length, lengths.includes(NULL_LENGTH));
  for (const [index, element] of elements.entries()) {
    const length = lengths[index] ?? NULL_LENGTH;
    offset = buffer.writeInt32BE(length, offset);
    if (element === null) continue;
    codec.write(buffer, offset, element);
    offset += length;
  }
  return buffer;
}

/** An `int[]` parameter. */
export function encodeIntegerArray(values: ArrayLike<number>): Buffer {
  const buffer = Buffer.allocUnsafe(HEADER_BYTES + 8 * values.length);
  let offset = writeHeader(buffer, INTEGER_TYPE, values.length, false);
  for (let index = 0; index < values.length; index += 1) {
    offset = buffer.writeInt32BE(4, offset);
    offset = buffer.writeInt32BE(values[index] ?? 0, offset);
  }
  return buffer;
}

/** A `text[]` parameter. */
export function encodeTextArray(texts: readonly (string | null)[]): Buffer {
  return encodeArray(texts, TEXT);
}

/** A `bytea[]` parameter. */
export function encodeBytesArray(values: readonly Buffer[]): Buffer {
  return encodeArray(values, BYTES);
}

/** A `jsonb[]` parameter. @param texts of JSON */
export function encodeJsonArray(texts: readonly string[]): Buffer {
  return encodeArray(texts, JSONB);
}

const TEXT: ElementCodec<string> = {
  type: TEXT_TYPE,
  byteLength: (text) => Buffer.byteLength(text),
  write: (buffer, offset, text) => buffer.write(text, offset),
};

const BYTES: ElementCodec<Buffer> = {
  type: BYTEA_TYPE,
  byteLength: ({ length }) => length,
  write: (buffer, offset, bytes) => bytes.copy(buffer, offset),
};

const JSONB: ElementCodec<string> = {
  type: JSONB_TYPE,
  byteLength: (text) => 1 + Buffer.byteLength(text),
  write: (buffer, offset, text) => {
    buffer.write(text, buffer.writeUInt8(JSONB_VERSION, offset));
  },
};

function writeHeader(buffer: Buffer, elementType: number, length: number, hasNulls: boolean): number {
  buffer.writeInt32BE(1, 0); // dimensions of the array
  buffer.writeInt32BE(hasNulls ? 1 : 0, 4);
  buffer.writeUInt32BE(elementType, 8);
  buffer.writeInt32BE(length, 12);
  return buffer.writeInt32BE(1, 16); // first subscript
}

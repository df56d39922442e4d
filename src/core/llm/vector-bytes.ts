const BYTES_PER_VALUE = Float32Array.BYTES_PER_ELEMENT;

/** The vector's 32-bit floats, little-endian as on all machines that Node.js runs on, in base64. */
export function encodeVector(vector: Float32Array): string {
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString('base64');
}

/** What `encodeVector` made, as a vector of its own memory; null for what is not whole floats in base64. */
export function decodeVector(base64: string): Float32Array | null {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length === 0 || bytes.length % BYTES_PER_VALUE !== 0) return null;
  // The bytes of a short text are a part of memory that is shared.
  const { buffer } = bytes.buffer.byteLength === bytes.length ? bytes : new Uint8Array(bytes);
  return new Float32Array(buffer);
}

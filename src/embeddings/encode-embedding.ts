import type { EncodingFormat } from './dto/embedding-request.dto.js';

/** A vector as the client asked for it: numbers, or base64 of little-endian 32-bit floats. */
export function encodeEmbedding(vector: Float32Array, format: EncodingFormat): number[] | string {
  if (format === 'float') return Array.from(vector);
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString('base64');
}

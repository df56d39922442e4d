import { createHash } from 'node:crypto';

/** Our own name space of UUIDs, as RFC 9562 wants one. */
const NAMESPACE = Buffer.from('5f0c6d1e9b3a4c5c8f1d2a7b6e4c3d21', 'hex');

/** Id of a chunk's point: the same for the same collection, document, version and place (UUID version 5). */
export function pointId(collection: string, document: string, version: string, index: number): string {
  const name = JSON.stringify([collection, document, version, index]);
  const hash = createHash('sha1').update(NAMESPACE).update(name).digest().subarray(0, 16);
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = hash.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

import type { FieldPath } from '../filter/filter.js';
import { keyword } from './keyword.js';

/** What a double holds exactly, and Qdrant compares as such. */
const PIECE_BYTES = 6;

/** Pieces that are kept of a value; texts that differ only after these 95 bytes are told apart by reading them. */
export const MAX_PIECES = 16;

/**
 * A value as whole numbers which, compared one after the other, are in the value's order: of numbers by size, of
 * texts by code point, which is the order of their UTF-8 bytes. The end of a text is a zero, which no text holds.
 */
export function orderPieces(value: string | number): number[] {
  const bytes = typeof value === 'number' ? numberBytes(value) : Buffer.from(`${value}\0`);
  const pieces: number[] = [];
  for (let start = 0; start < bytes.length && pieces.length < MAX_PIECES; start += PIECE_BYTES) {
    const piece = Buffer.alloc(PIECE_BYTES);
    bytes.copy(piece, 0, start, start + PIECE_BYTES);
    pieces.push(piece.readUIntBE(0, PIECE_BYTES));
  }
  return pieces;
}

/** Whether the pieces of a text are all that there is. */
export function isWhole(value: string | number): boolean {
  return typeof value === 'number' || Buffer.byteLength(value) < MAX_PIECES * PIECE_BYTES;
}

/** Keyword for the place of a piece: of a number or text in the field, after these pieces. */
export function pieceAddress(field: FieldPath, value: string | number, before: readonly number[]): string {
  return keyword(typeof value === 'number' ? 'number' : 'text', field, before.join(' '));
}

// A double's bits are in its order once negative ones are turned over and positive ones set above them.
function numberBytes(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value === 0 ? 0 : value);
  if (bytes.readUInt8(0) < 0x80) bytes.writeUInt8(bytes.readUInt8(0) | 0x80, 0);
  else for (let index = 0; index < 8; index += 1) bytes.writeUInt8(0xff - bytes.readUInt8(index), index);
  return bytes;
}

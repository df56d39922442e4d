import { BREAK_STRENGTHS, NO_BREAK } from './break-strength.js';

/** Splits a text recursively at the given separators, the first one first. */
export interface RecursiveSplitter {
  splitText(text: string): Promise<string[]>;
}

/** A letter that no outline has. The library cuts by UTF-16 unit where it runs out of separators: this one keeps it from that. */
const NEVER = '~';

/** The settings with which the library splits an outline; its overlap is ours to add. */
export function splitterSettings(chunkSize: number) {
  return {
    chunkSize,
    chunkOverlap: 0,
    keepSeparator: true,
    separators: [...BREAK_STRENGTHS.map((strength) => String.fromCharCode(strength)), NEVER],
  };
}

/**
 * Splits an outline into pieces.
 * @returns the offsets at which the pieces end, the last one included; null if they don't make up the outline
 */
export async function splitOutline(splitter: RecursiveSplitter, outline: string): Promise<number[] | null> {
  const pieces = await splitter.splitText(outline);
  if (pieces.join('') !== outline) return null;
  let end = 0;
  return pieces.map((piece) => (end += piece.length));
}

/** Cuts an outline at the last mark that keeps a piece within its size, whatever its strength. Same result as `splitOutline`. */
export function cutOutline(outline: string, pieceSize: number): number[] {
  const ends: number[] = [];
  let start = 0;
  let lastMark = 0;
  for (let offset = 1; offset < outline.length; offset += 1) {
    if (outline.charCodeAt(offset) === NO_BREAK) continue;
    if (offset - start > pieceSize && lastMark > start) ends.push((start = lastMark));
    lastMark = offset;
  }
  if (outline.length - start > pieceSize && lastMark > start) ends.push(lastMark);
  return [...ends, outline.length];
}

import { MAXIMUM_CHUNK_SIZE } from './chunk-options.js';
import { NO_BREAK } from './break-strength.js';
import type { TextOutline } from './text-outline.js';

/** Longest part of a text that is worked on in one turn of the event loop, in UTF-16 units. */
export const SEGMENT_LENGTH = 2.5 * MAXIMUM_CHUNK_SIZE;

/** The best place for ending a segment, in the second half of its greatest length; the end of the text if it is near. */
export function findSegmentEnd(outline: TextOutline, start: number): number {
  const limit = start + SEGMENT_LENGTH;
  if (limit >= outline.length) return outline.length;
  let best = limit;
  let bestStrength: number = NO_BREAK;
  for (let offset = limit; offset > start + SEGMENT_LENGTH / 2; offset -= 1) {
    const strength = outline.strengthAt(offset);
    if (strength < bestStrength) {
      best = offset;
      bestStrength = strength;
    }
  }
  return best;
}

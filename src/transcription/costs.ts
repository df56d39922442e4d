import type { TranscriptionModelDescriptor } from '../core/llm/transcription-model.js';
import { SPEECH_SAMPLE_RATE } from '../core/media/level-meter.js';
import type { Piece } from './pieces/plan-pieces.js';

const SECONDS_PER_MINUTE = 60;
const MICRODOLLARS = 1_000_000;

/** Seconds that a provider bills for a piece: it rounds up. */
export function billedSeconds(piece: Piece): number {
  return Math.ceil((piece.end - piece.start) / SPEECH_SAMPLE_RATE);
}

/** US dollars for so many seconds; null where the price is unknown. */
export function transcriptionCost(
  { pricePerMinute }: Pick<TranscriptionModelDescriptor, 'pricePerMinute'>,
  seconds: number,
): number | null {
  if (pricePerMinute === null) return null;
  return Math.round((seconds / SECONDS_PER_MINUTE) * pricePerMinute * MICRODOLLARS) / MICRODOLLARS;
}

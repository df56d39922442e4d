import { assumedBilledSeconds, transcriptionCost } from '../core/llm/transcription-cost.js';
import type { TranscriptionModelDescriptor } from '../core/llm/transcription-model.js';
import { SPEECH_SAMPLE_RATE } from '../core/media/level-meter.js';
import type { Piece } from './pieces/plan-pieces.js';

const MICRODOLLARS = 1_000_000;

/** Seconds that a provider bills for a piece. */
export function billedSeconds(piece: Piece): number {
  return assumedBilledSeconds((piece.end - piece.start) / SPEECH_SAMPLE_RATE);
}

/** US dollars for so many seconds, to the millionth; null where the price is unknown. */
export function roundedCost(model: TranscriptionModelDescriptor, seconds: number): number | null {
  const cost = transcriptionCost(model, seconds);
  return cost === null ? null : Math.round(cost * MICRODOLLARS) / MICRODOLLARS;
}

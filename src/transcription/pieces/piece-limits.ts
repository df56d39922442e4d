import type { TranscriptionModelDescriptor } from '../../core/llm/transcription-model.js';
import { SPEECH_SAMPLE_RATE } from '../../core/media/level-meter.js';
import { samplesWithin } from './piece-audio.js';
import type { PieceLimits } from './plan-pieces.js';

/** Length of pieces whose times are all that there is to tell when something was said, in seconds. */
const PIECES_AS_SEGMENTS_SECONDS = 30;

export interface PieceNeeds {
  /** `TRANSCRIPTION_PIECE_SECONDS`. */
  readonly pieceSeconds: number;
  /** Whether the caller wants to know when something was said. */
  readonly wantsTimes: boolean;
}

/** How long the pieces for a model may be. */
export function pieceLimits(
  { maxBytes, maxSeconds, timestamps }: TranscriptionModelDescriptor,
  { pieceSeconds, wantsTimes }: PieceNeeds,
): PieceLimits {
  const most = Math.min(Math.floor(samplesWithin(maxBytes) / SPEECH_SAMPLE_RATE), maxSeconds ?? Infinity);
  const isBlind = wantsTimes && timestamps.length === 0;
  const target = isBlind ? Math.min(pieceSeconds, PIECES_AS_SEGMENTS_SECONDS) : pieceSeconds;
  return { targetSeconds: Math.min(target, most), maxSeconds: most };
}

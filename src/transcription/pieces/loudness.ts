import { FULL_SCALE_LEVEL } from '../../core/media/level-meter.js';

/** Levels (see `level-meter`) that tell sound from silence in one recording. */
export interface Thresholds {
  /** What is nowhere above this is silence, and worth no transcription. */
  readonly silent: number;
  /** What stays below this for a while is a pause, where a cut hurts nobody. */
  readonly quiet: number;
}

/** Anything below −60 dBFS is silence, and nothing above −45 dBFS is. */
const SILENT_AT_MOST = FULL_SCALE_LEVEL - 45;
const SILENT_AT_LEAST = FULL_SCALE_LEVEL - 60;
/** How far above its usual level the noise of a room gets, in dB. */
const NOISE_RANGE = 6;
/** How far below the loudest speech pauses are, in dB. */
const PAUSE_DEPTH = 15;
/** Share of the quietest moments: pauses make up at least as much of any speech. */
const FLOOR_SHARE = 0.1;
/** Share of the loudest moments that a click may be. */
const TOP_SHARE = 0.001;

/** Takes the noise of the place for what it is, by the quietest and the loudest moments of the recording. */
export function findThresholds(levels: Uint8Array): Thresholds {
  const counts = new Uint32Array(FULL_SCALE_LEVEL + 1);
  for (const level of levels) counts[level] = (counts[level] ?? 0) + 1;
  const floor = levelAtShare(counts, levels.length * FLOOR_SHARE);
  const top = levelAtShare(counts, levels.length * (1 - TOP_SHARE));
  const silent = Math.min(SILENT_AT_MOST, Math.max(SILENT_AT_LEAST, floor + NOISE_RANGE));
  return { silent, quiet: Math.max(silent, Math.min(floor + NOISE_RANGE, top - PAUSE_DEPTH)) };
}

/** The level that so many frames are at or below. */
function levelAtShare(counts: Uint32Array, wanted: number): number {
  let sum = 0;
  for (const [level, count] of counts.entries()) {
    sum += count;
    if (sum >= wanted && sum > 0) return level;
  }
  return 0;
}

import { FRAME_SAMPLES, FRAMES_PER_SECOND } from '../../core/media/level-meter.js';
import { findThresholds } from './loudness.js';
import { findStretches, type Stretch } from './stretches.js';

/** A part of a recording that is transcribed by itself. In samples, from `start` to just before `end`. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  /** Samples at the beginning that the piece before has as well, because there was no pause to cut in. */
  readonly overlap: number;
}

export interface PieceLimits {
  /** Length that is aimed at, in seconds. */
  readonly targetSeconds: number;
  /** Longest piece, in seconds; more than `targetSeconds`, or as much. */
  readonly maxSeconds: number;
}

/** Silence that is long enough to be left out, in seconds. Shorter ones are sent: a model may need them. */
const LEFT_OUT_SECONDS = 10;
/** Silence that is kept around sound, so that nothing of its fading in and out is lost. */
const MARGIN_SECONDS = 0.3;
/** Sound that is shorter is a click. */
const MIN_SOUND_SECONDS = 0.03;
/** Shortest pause that is cut in. */
const MIN_PAUSE_SECONDS = 0.2;
/** Cuts are looked for after this share of the target length. */
const EARLIEST_CUT = 0.5;
/** What neighbours have in common where there is no pause. */
const OVERLAP_SECONDS = 1;

/**
 * Cuts a recording into pieces: long silences are left out, and cuts are made in the longest pauses near the length
 * that is aimed at. Only where sound goes on beyond the longest piece is it cut, and then the pieces overlap.
 * @param levels how loud each frame is
 * @param samples how long the recording is
 * @returns pieces in their order; none for a recording of silence
 */
export function planPieces(levels: Uint8Array, samples: number, limits: PieceLimits): Piece[] {
  const { silent, quiet } = findThresholds(levels);
  const regions = findStretches(levels, (level) => level > silent, {
    minLength: inFrames(MIN_SOUND_SECONDS),
    joinWithin: inFrames(LEFT_OUT_SECONDS),
  }).map((region) => withMargin(region, levels.length));
  const pauses = findStretches(levels, (level) => level <= quiet, {
    minLength: inFrames(MIN_PAUSE_SECONDS),
    joinWithin: 0,
  });
  const cutter = new Cutter(levels, pauses, limits);
  return regions
    .flatMap((region) => cutter.cut(region))
    .map(({ start, end, overlap }) => ({
      start: start * FRAME_SAMPLES,
      end: Math.min(samples, end * FRAME_SAMPLES),
      overlap: overlap * FRAME_SAMPLES,
    }));
}

interface CutStretch extends Stretch {
  readonly overlap: number;
}

/** Cuts stretches of sound that are longer than the target. In frames. */
class Cutter {
  private readonly target: number;
  private readonly max: number;

  constructor(
    private readonly levels: Uint8Array,
    private readonly pauses: readonly Stretch[],
    limits: PieceLimits,
  ) {
    this.max = inFrames(limits.maxSeconds);
    this.target = Math.min(inFrames(limits.targetSeconds), this.max);
  }

  cut({ start, end }: Stretch): CutStretch[] {
    const parts: CutStretch[] = [];
    let from = start;
    let overlap = 0;
    while (end - from > this.target) {
      const pause = this.findPause(from, end);
      const to = pause ?? (end - from <= this.max ? end : this.quietestMoment(from));
      parts.push({ start: from, end: to, overlap });
      if (to === end) return parts;
      overlap = pause === null ? Math.min(inFrames(OVERLAP_SECONDS), Math.floor((to - from) / 4)) : 0;
      from = to - overlap;
    }
    parts.push({ start: from, end, overlap });
    return parts;
  }

  /** The middle of the longest pause near the target, or else of the first one after it; null without any. */
  private findPause(from: number, end: number): number | null {
    const earliest = from + Math.floor(this.target * EARLIEST_CUT);
    const latest = Math.min(from + this.max, end);
    const near = this.pauses
      .map((pause) => ({ start: Math.max(pause.start, earliest), end: Math.min(pause.end, latest) }))
      .filter((pause) => pause.end - pause.start >= inFrames(MIN_PAUSE_SECONDS));
    const before = near.filter((pause) => middleOf(pause) <= from + this.target);
    const chosen = before.length > 0 ? longestOf(before) : near[0];
    return chosen === undefined ? null : middleOf(chosen);
  }

  /** Where in the last fifth of the longest piece it is quietest. */
  private quietestMoment(from: number): number {
    const last = from + this.max;
    let best = last;
    let least = Infinity;
    for (let frame = from + Math.floor(this.max * 0.8); frame < last; frame += 1) {
      const level = this.levels[frame] ?? 0;
      if (level > least) continue;
      least = level;
      best = frame;
    }
    return best;
  }
}

function withMargin({ start, end }: Stretch, frames: number): Stretch {
  const margin = inFrames(MARGIN_SECONDS);
  return { start: Math.max(0, start - margin), end: Math.min(frames, end + margin) };
}

function longestOf(stretches: readonly Stretch[]): Stretch | undefined {
  return stretches.reduce<Stretch | undefined>(
    (best, next) => (best && best.end - best.start >= next.end - next.start ? best : next),
    undefined,
  );
}

function middleOf({ start, end }: Stretch): number {
  return Math.floor((start + end) / 2);
}

function inFrames(seconds: number): number {
  return Math.round(seconds * FRAMES_PER_SECOND);
}

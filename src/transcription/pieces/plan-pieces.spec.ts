import fc from 'fast-check';
import { FRAME_SAMPLES, FRAMES_PER_SECOND, FULL_SCALE_LEVEL } from '../../core/media/level-meter.js';
import { type Piece, planPieces } from './plan-pieces.js';

const LOUD = FULL_SCALE_LEVEL - 20;
const NOISE = FULL_SCALE_LEVEL - 70;

/** Sound and silence in turns, in seconds, beginning with silence. */
function recording(...seconds: number[]): Uint8Array {
  return Uint8Array.from(
    seconds.flatMap((length, index) =>
      Array<number>(Math.round(length * FRAMES_PER_SECOND)).fill(index % 2 === 0 ? NOISE : LOUD),
    ),
  );
}

function plan(levels: Uint8Array, targetSeconds = 60, maxSeconds = 120) {
  return planPieces(levels, levels.length * FRAME_SAMPLES, { targetSeconds, maxSeconds });
}

const inSeconds = ({ start, end, overlap }: Piece) =>
  [start, end, overlap].map((samples) => samples / 16_000);

describe('planPieces', () => {
  it('sends a short recording as it is, without the silence around it', () => {
    expect(plan(recording(5, 10, 2, 10, 5)).map(inSeconds)).toEqual([[4.7, 27.3, 0]]);
  });

  it('sends nothing of silence, be it digital, of a room, or with a click in it', () => {
    expect(plan(new Uint8Array(1000))).toEqual([]);
    expect(plan(new Uint8Array(0))).toEqual([]);
    expect(plan(new Uint8Array(1000).fill(FULL_SCALE_LEVEL - 52))).toEqual([]);
    expect(plan(recording(5, 0.02, 5))).toEqual([]);
  });

  it('sends a single word in hours of silence', () => {
    expect(plan(recording(3600, 0.4, 3600)).map(inSeconds)).toEqual([[3599.7, 3600.7, 0]]);
  });

  it('sends what is loud throughout', () => {
    expect(plan(recording(0, 30)).map(inSeconds)).toEqual([[0, 30, 0]]);
  });

  it('sends speech as quiet as noise elsewhere', () => {
    const quiet = Uint8Array.from(recording(2, 5, 2), (level) =>
      level === LOUD ? FULL_SCALE_LEVEL - 43 : 0,
    );
    expect(plan(quiet)).toHaveLength(1);
  });

  it('leaves out long silences', () => {
    expect(plan(recording(1, 5, 20, 5, 1)).map(inSeconds)).toEqual([
      [0.7, 6.3, 0],
      [25.7, 31.3, 0],
    ]);
  });

  it('cuts in the middle of the longest pause near the target', () => {
    expect(plan(recording(0, 40, 2, 10, 0.5, 30)).map(inSeconds)).toEqual([
      [0, 41, 0],
      [41, 82.5, 0],
    ]);
  });

  it('goes beyond the target for the first pause that comes', () => {
    expect(plan(recording(0, 90, 1, 10)).map(inSeconds)).toEqual([
      [0, 90.5, 0],
      [90.5, 101, 0],
    ]);
  });

  it('cuts sound that never pauses where it is quietest, with an overlap', () => {
    const levels = recording(0, 200);
    levels[11_000] = LOUD - 3;
    expect(plan(levels).map(inSeconds)).toEqual([
      [0, 110, 0],
      [109, 200, 1],
    ]);
  });

  it('keeps every sound, in order, within the limits, and never cuts one that is followed by a pause', () => {
    const lengths = fc.array(
      fc.tuple(fc.double({ min: 0.25, max: 25, noNaN: true }), fc.double({ min: 0.1, max: 25, noNaN: true })),
      {
        minLength: 1,
        maxLength: 60,
      },
    );
    fc.assert(
      fc.property(lengths, (turns) => {
        const levels = recording(...turns.flat(), 1);
        const pieces = plan(levels, 30, 60);
        const covered = new Uint8Array(levels.length);
        for (const [index, piece] of pieces.entries()) {
          expect(piece.end - piece.start).toBeLessThanOrEqual(60 * 16_000);
          expect(piece.start).toBeGreaterThanOrEqual(pieces[index - 1]?.end ?? 0);
          expect(piece.overlap).toBe(0);
          covered.fill(1, piece.start / FRAME_SAMPLES, Math.ceil(piece.end / FRAME_SAMPLES));
          for (const edge of [piece.start, piece.end]) {
            const frame = Math.min(levels.length - 1, Math.floor(edge / FRAME_SAMPLES));
            expect(levels[frame]).toBe(NOISE);
          }
        }
        expect(levels.every((level, frame) => level !== LOUD || covered[frame] === 1)).toBe(true);
      }),
    );
  });
});

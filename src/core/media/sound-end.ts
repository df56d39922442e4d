/** What a container says about a stream of audio. A number that it doesn't tell is `NaN`. */
export interface StreamFacts {
  /** What ffmpeg calls the container. */
  readonly demuxer: string | null;
  readonly sampleRate: number;
  /** Samples that a whole frame is decoded to. */
  readonly frameSamples: number;
  readonly frames: number;
  /** Length of the stream. */
  readonly seconds: number;
  /** By how much it begins later than the file, in seconds. */
  readonly delay: number;
}

/** Most frames that encoders put before the sound, and fill up after it. */
const MOST_PADDING_FRAMES = 4;

/**
 * Where the sound ends, in seconds, when there may be padding after it. Codecs work in whole frames, and MPEG-4 tells
 * beside them how much of the last one is meant; ffmpeg plays all of it. What a container says is believed where it
 * leaves out no more than padding; otherwise it could hide what was recorded.
 * @returns null where all that is decoded counts
 */
export function soundEnd(facts: StreamFacts): number | null {
  if (facts.demuxer !== 'mov' || facts.delay !== 0 || !(facts.seconds > 0)) return null;
  const paddingFrames = facts.frames - (facts.seconds * facts.sampleRate) / facts.frameSamples;
  return paddingFrames > 0 && paddingFrames <= MOST_PADDING_FRAMES ? facts.seconds : null;
}

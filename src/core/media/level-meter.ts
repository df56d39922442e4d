/** How decoded speech comes: 16-bit samples of one channel, little-endian. It is what speech models work on. */
export const SPEECH_SAMPLE_RATE = 16_000;
export const BYTES_PER_SAMPLE = 2;
export const FRAME_SAMPLES = 160;
export const FRAMES_PER_SECOND = SPEECH_SAMPLE_RATE / FRAME_SAMPLES;

/** Level of a frame that is 0 dBFS. A level is that many decibels above −96 dBFS, or 0 for anything below. */
export const FULL_SCALE_LEVEL = 96;
const FULL_SCALE = 32_768;
const INITIAL_FRAMES = 4096;

/** Measures how loud a recording is, for each frame of 10 ms. */
export class LevelMeter {
  private levels = new Uint8Array(INITIAL_FRAMES);
  private frames = 0;
  private samples = 0;
  private squares = 0;
  private inFrame = 0;
  /** First byte of a sample whose second is still to come. */
  private halfSample: number | null = null;

  /** Takes the next bytes of the recording. */
  add(bytes: Buffer): void {
    let start = 0;
    if (this.halfSample !== null && bytes.length > 0) {
      this.addSample(((((bytes[0] ?? 0) << 8) | this.halfSample) << 16) >> 16);
      this.halfSample = null;
      start = 1;
    }
    const end = bytes.length - ((bytes.length - start) % BYTES_PER_SAMPLE);
    for (let at = start; at < end; at += BYTES_PER_SAMPLE) {
      this.addSample(((((bytes[at + 1] ?? 0) << 8) | (bytes[at] ?? 0)) << 16) >> 16);
    }
    if (end < bytes.length) this.halfSample = bytes[end] ?? 0;
  }

  /** How many whole samples there were so far. */
  get sampleCount(): number {
    return this.samples;
  }

  /** The levels of all frames, the last one of which may be shorter. */
  finish(): Uint8Array {
    if (this.inFrame > 0) this.endFrame();
    return this.levels.slice(0, this.frames);
  }

  private addSample(sample: number): void {
    this.samples += 1;
    this.squares += sample * sample;
    this.inFrame += 1;
    if (this.inFrame === FRAME_SAMPLES) this.endFrame();
  }

  private endFrame(): void {
    if (this.frames === this.levels.length) {
      const longer = new Uint8Array(this.levels.length * 2);
      longer.set(this.levels);
      this.levels = longer;
    }
    this.levels[this.frames] = levelOf(Math.sqrt(this.squares / this.inFrame));
    this.frames += 1;
    this.squares = 0;
    this.inFrame = 0;
  }
}

function levelOf(rootMeanSquare: number): number {
  if (rootMeanSquare === 0) return 0;
  const decibels = 20 * Math.log10(rootMeanSquare / FULL_SCALE);
  return Math.max(0, Math.min(FULL_SCALE_LEVEL, Math.round(FULL_SCALE_LEVEL + decibels)));
}

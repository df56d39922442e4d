import { open, type FileHandle } from 'node:fs/promises';
import { Writable } from 'node:stream';
import { BYTES_PER_SAMPLE, LevelMeter, SPEECH_SAMPLE_RATE } from './level-meter.js';
import { UnusableMediaError } from './unusable-media.error.js';

/** A recording as speech models work on it: raw samples (see `level-meter`) in a file of ours. */
export interface DecodedSpeech {
  readonly path: string;
  readonly samples: number;
  /** How loud it is, for each 10 ms. */
  readonly levels: Uint8Array;
}

/** Where the decoder writes to: the samples go to a file, and are measured on their way. */
export class SpeechFile extends Writable {
  private readonly meter = new LevelMeter();
  private readonly maxSamples: number;

  private constructor(
    private readonly path: string,
    private readonly handle: FileHandle,
    maxSeconds: number,
  ) {
    // The library that writes here takes a `close` for the loss of its reader.
    super({ autoDestroy: false, emitClose: false });
    this.maxSamples = maxSeconds * SPEECH_SAMPLE_RATE;
  }

  static async create(path: string, maxSeconds: number): Promise<SpeechFile> {
    return new SpeechFile(path, await open(path, 'wx'), maxSeconds);
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.meter.add(chunk);
    if (this.meter.sampleCount > this.maxSamples) {
      done(new UnusableMediaError(`is longer than ${this.maxSamples / SPEECH_SAMPLE_RATE} seconds`));
      return;
    }
    this.handle.appendFile(chunk).then(() => {
      done();
    }, done);
  }

  /** To be called in any case, once nothing is written any more. */
  async close(): Promise<void> {
    await this.handle.close();
  }

  /** What was written, once that is all. */
  result(): DecodedSpeech {
    return { path: this.path, samples: this.meter.sampleCount, levels: this.meter.finish() };
  }
}

/** Where a sample is in the file. */
export function byteOffset(sample: number): number {
  return sample * BYTES_PER_SAMPLE;
}

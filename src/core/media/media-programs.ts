import { Injectable } from '@nestjs/common';
import type { FfmpegCommand } from 'fluent-ffmpeg';
import { stat } from 'node:fs/promises';
import { AppConfig } from '../../config/app-config.js';
import { readAudio } from './ffmpeg-input.js';
import { MediaTools } from './media-tools.js';
import { type ProbedMedia, probeMedia } from './probe-media.js';
import { FfmpegFailedError, runFfmpeg } from './run-ffmpeg.js';
import { UnusableMediaError } from './unusable-media.error.js';

/** Bytes that a second of recording takes at least: any format that takes less is for something else than sound. */
const MIN_BYTES_PER_SECOND = 50;
/** By how much ffmpeg's clock and the length of what it writes may differ: frames, and what encoders add. */
const CLOCK_TOLERANCE_SECONDS = 0.5;

/** ffmpeg and ffprobe as the settings have them. To be used within a turn of the `MediaQueue`. */
@Injectable()
export class MediaPrograms {
  constructor(
    private readonly config: AppConfig,
    private readonly tools: MediaTools,
  ) {}

  get maxSeconds(): number {
    return this.config.media.maxSeconds;
  }

  /**
   * @throws NotConfiguredError without the programs, UnusableMediaError for what is no audio or says, with some right,
   *   to be too long
   */
  async probe(path: string, signal: AbortSignal): Promise<ProbedMedia> {
    await this.tools.require();
    const { size } = await stat(path);
    if (size === 0) throw new UnusableMediaError('is empty');
    const media = await probeMedia(path, this.config.media.ffprobePath, signal);
    const seconds = media.claimedSeconds ?? 0;
    // What a small file claims is not believed: how long it is will be seen.
    if (seconds > this.maxSeconds && seconds <= size / MIN_BYTES_PER_SECOND) {
      throw this.tooLong();
    }
    return media;
  }

  /** Reads a recording to where `setOutput` says. @throws UnusableMediaError when that does not work, or goes on too long */
  async read(media: ProbedMedia, { parameters, setOutput }: ReadOptions, signal: AbortSignal): Promise<void> {
    const { ffmpegPath } = this.config.media;
    // A second more than is accepted, so that what is longer can be noticed.
    const most = this.maxSeconds + 1;
    const program = { ffmpegPath, maxSeconds: Math.min(media.endSeconds ?? most, most) };
    try {
      const seconds = await runFfmpeg(setOutput(readAudio(media, program, parameters)), signal);
      if (seconds > this.maxSeconds + CLOCK_TOLERANCE_SECONDS) throw this.tooLong();
    } catch (error) {
      if (!(error instanceof FfmpegFailedError)) throw error;
      throw new UnusableMediaError('can not be decoded', { cause: error });
    }
  }

  /** What to throw for a recording that goes on beyond `maxSeconds`. */
  tooLong(): UnusableMediaError {
    return new UnusableMediaError(`is longer than ${this.maxSeconds} seconds`);
  }
}

export interface ReadOptions {
  readonly parameters: readonly string[];
  readonly setOutput: (command: FfmpegCommand) => FfmpegCommand;
}

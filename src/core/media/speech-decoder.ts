import { Injectable } from '@nestjs/common';
import type { FfmpegCommand } from 'fluent-ffmpeg';
import { type DecodedSpeech, measureSpeech } from './decoded-speech.js';
import { SPEECH_SAMPLE_RATE } from './level-meter.js';
import { MediaPrograms } from './media-programs.js';
import { MediaQueue, type MediaTask } from './media-queue.js';
import { storageErrors } from './storage-errors.js';
import { UnusableMediaError } from './unusable-media.error.js';
import type { WorkFolder } from './work-folders.js';

/** Shorter than this is no speech, and no model takes it. */
const MIN_SECONDS = 0.1;

/** One channel of 16-bit samples. Gaps in the recording become silence, so that times stay those of its own clock. */
const PARAMETERS = [
  ...['-af', 'aresample=async=1:first_pts=0'],
  ...['-ac', '1', '-ar', String(SPEECH_SAMPLE_RATE)],
  ...['-c:a', 'pcm_s16le', '-f', 's16le'],
];

/** Turns any recording into what speech models work on. */
@Injectable()
export class SpeechDecoder {
  constructor(
    private readonly queue: MediaQueue,
    private readonly programs: MediaPrograms,
  ) {}

  /**
   * @param path of the recording
   * @param folder where the samples go
   * @throws UnusableMediaError when it is no audio, too short or too long; NotConfiguredError without ffmpeg;
   *   RateLimitedError when too many recordings wait, but not for jobs; UnavailableError when the disk is full; the
   *   signal's reason
   */
  decode(path: string, folder: WorkFolder, task: MediaTask): Promise<DecodedSpeech> {
    return this.queue.run((limit) => storageErrors(() => this.decodeNow(path, folder, limit)), task);
  }

  /**
   * Looks into a recording without decoding it whole.
   * @throws as `decode` does for what can be seen so far
   */
  async inspect(path: string, signal: AbortSignal): Promise<void> {
    await this.queue.run((limit) => this.programs.probe(path, limit), { signal });
  }

  private async decodeNow(path: string, folder: WorkFolder, signal: AbortSignal): Promise<DecodedSpeech> {
    const media = await this.programs.probe(path, signal);
    const decoded = folder.file('speech');
    const setOutput = (command: FfmpegCommand) => command.output(decoded);
    await this.programs.read(media, { parameters: PARAMETERS, setOutput }, signal);
    const speech = await measureSpeech(decoded, signal);
    if (speech.samples < MIN_SECONDS * SPEECH_SAMPLE_RATE) {
      throw new UnusableMediaError(`is shorter than ${MIN_SECONDS} seconds`);
    }
    if (speech.samples > this.programs.maxSeconds * SPEECH_SAMPLE_RATE) throw this.programs.tooLong();
    return speech;
  }
}

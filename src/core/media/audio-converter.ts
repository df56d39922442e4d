import { Injectable } from '@nestjs/common';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { once } from 'node:events';
import { PassThrough, Readable } from 'node:stream';
import type { AudioFormat } from './audio-formats.js';
import { MediaPrograms } from './media-programs.js';
import { MediaQueue } from './media-queue.js';
import { storageErrors } from './storage-errors.js';
import { UnusableMediaError } from './unusable-media.error.js';
import { type WorkFolder, WorkFolders } from './work-folders.js';

export interface Conversion {
  /** Of the recording. */
  readonly path: string;
  readonly format: AudioFormat;
  /** Samples a second, one that the format can have; the recording's own, or the nearest, when absent. */
  readonly sampleRate?: number | undefined;
  readonly channels?: number | undefined;
  /** Bits a second. */
  readonly bitrate?: number | undefined;
}

export interface ConvertedAudio {
  readonly content: Readable;
  /** Null while that is not known. */
  readonly bytes: number | null;
}

/** Turns recordings into other formats. */
@Injectable()
export class AudioConverter {
  constructor(
    private readonly queue: MediaQueue,
    private readonly programs: MediaPrograms,
    private readonly folders: WorkFolders,
  ) {}

  /**
   * Converts while the result is read, or into a file first where the format needs that.
   * @returns what fails, with the error, when something goes wrong after it began
   * @throws as `SpeechDecoder.decode` does
   */
  convert(conversion: Conversion, signal: AbortSignal): Promise<ConvertedAudio> {
    return conversion.format.needsFile
      ? this.convertToFile(conversion, signal)
      : this.convertWhileRead(conversion, signal);
  }

  private async convertToFile(conversion: Conversion, signal: AbortSignal): Promise<ConvertedAudio> {
    const folder = await this.folders.create();
    try {
      const path = folder.file('converted');
      const run = (limit: AbortSignal) => storageErrors(() => this.run(conversion, path, limit));
      await this.queue.run(run, { signal });
      signal.throwIfAborted();
      return { content: openOnce(path, folder, signal), bytes: (await stat(path)).size };
    } catch (error) {
      await folder.remove();
      throw error;
    }
  }

  private async convertWhileRead(conversion: Conversion, signal: AbortSignal): Promise<ConvertedAudio> {
    // The library that writes to it takes a `close` for the loss of its reader.
    const output = new PassThrough({ autoDestroy: false, emitClose: false });
    const finished = this.queue.run((limit) => this.run(conversion, output, limit), { signal });
    const begun = once(output, 'readable');
    begun.catch(() => undefined);
    await Promise.race([begun, finished]);
    if (output.readableLength === 0) {
      await finished;
      throw new UnusableMediaError('holds no audio');
    }
    return { content: Readable.from(untilFinished(output, finished), { objectMode: false }), bytes: null };
  }

  private async run(
    conversion: Conversion,
    output: string | PassThrough,
    signal: AbortSignal,
  ): Promise<void> {
    const media = await this.programs.probe(conversion.path, signal);
    const parameters = encoderParameters(conversion);
    await this.programs.read(media, { parameters, setOutput: (command) => command.output(output) }, signal);
  }
}

function encoderParameters({ format, sampleRate, channels, bitrate }: Conversion): string[] {
  return [
    ...format.parameters,
    ...(sampleRate === undefined ? [] : ['-ar', String(sampleRate)]),
    ...(channels === undefined ? [] : ['-ac', String(channels)]),
    ...(bitrate === undefined ? format.defaultQuality : ['-b:a', String(bitrate)]),
  ];
}

/** The file's content; the folder is gone once it was read, or the reader is. */
function openOnce(path: string, folder: WorkFolder, signal: AbortSignal): Readable {
  const content = createReadStream(path, { signal });
  content.once('close', () => void folder.remove());
  return content;
}

/** A process that fails after its first output must not look like one that succeeded. */
async function* untilFinished(output: PassThrough, finished: Promise<void>) {
  finished.catch(() => undefined);
  for await (const chunk of output) yield chunk as Buffer;
  await finished;
}

import { Injectable, StreamableFile } from '@nestjs/common';
import type { ServerResponse } from 'node:http';
import { ValidationError } from '../common/errors/validation.error.js';
import { attachment } from '../common/http/attachment.js';
import type { TemporaryFile } from '../common/http/uploads/temporary-file.js';
import { type AudioFormat, audioFormat } from '../core/media/audio-formats.js';
import { AudioConverter } from '../core/media/audio-converter.js';
import type { ConvertDto } from './dto/transcription-request.dto.js';
import { blame } from './recordings.js';

const KILO = 1000;

@Injectable()
export class ConversionService {
  constructor(private readonly converter: AudioConverter) {}

  async convert(request: ConvertDto, file: TemporaryFile, signal: AbortSignal): Promise<StreamableFile> {
    const format = audioFormat(request.format);
    const bitrate = readBitrate(request.bitrate);
    checkSettings(format, request, bitrate);
    const { content, bytes } = await blame('file', () =>
      this.converter.convert(
        { path: file.path, format, sampleRate: request.sample_rate, channels: request.channels, bitrate },
        signal,
      ),
    );
    const answer = new StreamableFile(content, {
      type: format.mediaType,
      disposition: attachment(file.name, format.extension),
      ...(bytes !== null && { length: bytes }),
    });
    // Half a recording must not look like a whole one.
    return answer.setErrorHandler((_error, response) => (response as unknown as ServerResponse).destroy());
  }
}

/** Bits a second. */
function readBitrate(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  return text.endsWith('k') ? Number(text.slice(0, -1)) * KILO : Number(text);
}

/** @throws ValidationError for what the format can't have */
function checkSettings(
  { id, sampleRates, maxChannels, bitrates }: AudioFormat,
  { sample_rate: sampleRate, channels }: ConvertDto,
  bitrate: number | undefined,
): void {
  if (sampleRate !== undefined && sampleRates?.includes(sampleRate) === false) {
    throw ValidationError.at(['sample_rate'], `must be one of ${sampleRates.join(', ')} for ${id}`, 'enum');
  }
  if (channels !== undefined && channels > maxChannels) {
    throw ValidationError.at(['channels'], `must be at most ${maxChannels} for ${id}`, 'less_than_equal');
  }
  if (bitrate === undefined) return;
  if (bitrates === null) throw ValidationError.at(['bitrate'], `must be absent for ${id}`);
  if (bitrate < bitrates.min || bitrate > bitrates.max) {
    throw ValidationError.at(['bitrate'], `must be from ${bitrates.min} to ${bitrates.max} for ${id}`);
  }
}

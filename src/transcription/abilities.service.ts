import { Injectable } from '@nestjs/common';
import { SPEECH_LANGUAGES } from '../core/llm/speech-languages.js';
import { TranscriptionModels } from '../core/llm/transcription-models.js';
import { AUDIO_FORMATS } from '../core/media/audio-formats.js';
import { DEMUXERS } from '../core/media/demuxers.js';
import { MediaTools } from '../core/media/media-tools.js';
import type {
  AudioFormatListDto,
  SpeechLanguageListDto,
  TranscriptionHealthDto,
  TranscriptionModelListDto,
} from './dto/transcription-response.dto.js';

/** What can be done here, and whether it can be done now. */
@Injectable()
export class AbilitiesService {
  constructor(
    private readonly models: TranscriptionModels,
    private readonly tools: MediaTools,
  ) {}

  formats(): AudioFormatListDto {
    const formats = AUDIO_FORMATS.map((format) => ({
      format: format.id,
      media_type: format.mediaType,
      extension: format.extension,
      description: format.description,
      ...(format.sampleRates !== null && { sample_rates: [...format.sampleRates] }),
      max_channels: format.maxChannels,
      ...(format.bitrates !== null && { bitrates: { ...format.bitrates } }),
    }));
    return { formats, accepted: [...DEMUXERS] };
  }

  languages(): SpeechLanguageListDto {
    return { languages: Object.entries(SPEECH_LANGUAGES).map(([code, name]) => ({ code, name })) };
  }

  listModels(): TranscriptionModelListDto {
    const usable = this.models.isConfigured ? this.models.list() : [];
    const models = usable.map((model) => ({
      id: model.id,
      provider: model.provider,
      timestamps: [...model.timestamps],
      price_per_minute_usd: model.pricePerMinute,
      max_bytes: model.maxBytes,
      ...(model.maxSeconds !== null && { max_seconds: model.maxSeconds }),
      ...(model.retiresOn !== null && { retires_on: model.retiresOn }),
      default: model.id === this.models.default.id,
    }));
    return { models };
  }

  async health(): Promise<TranscriptionHealthDto> {
    const { ffmpeg, ffprobe } = await this.tools.versions();
    const available = ffmpeg !== null && ffprobe !== null;
    const configured = this.models.isConfigured;
    return {
      status: available ? (configured ? 'ok' : 'degraded') : 'unavailable',
      ffmpeg: { available, version: ffmpeg },
      provider: { configured, model: this.models.default.id },
    };
  }
}

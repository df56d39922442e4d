import { FileField } from '../../common/http/uploads/upload.decorators.js';
import { OnlyIn } from '../../common/http/only-in.decorator.js';
import {
  ChoiceField,
  IntegerParameter,
  NumberField,
  TextField,
} from '../../common/validation/field.decorators.js';
import { NumberFormField } from '../../common/validation/form-field.decorators.js';
import {
  AUDIO_FORMAT_IDS,
  type AudioFormatId,
  MAX_CHANNELS,
  MAX_SAMPLE_RATE,
  MIN_SAMPLE_RATE,
} from '../../core/media/audio-formats.js';

const MAX_MODEL_NAME_LENGTH = 200;
const MAX_PROMPT_LENGTH = 4000;
const MAX_FILE_NAME_LENGTH = 255;
/** No body is longer. */
const MAX_BASE64_LENGTH = 256 * 1024 * 1024;
const YEAR_IN_SECONDS = 31_536_000;

export const RESPONSE_FORMATS = ['json', 'text', 'srt', 'vtt', 'verbose_json'] as const;
export type ResponseFormat = (typeof RESPONSE_FORMATS)[number];

export const TIMESTAMPS = ['segment', 'word'] as const;

export class TranscribeDto {
  @FileField({ description: 'Audio or video, in anything that ffmpeg can read.' })
  @OnlyIn('multipart/form-data', { required: true })
  file?: unknown;

  @TextField({
    description: 'The recording as base64, up to `MAX_BODY_BYTES`.',
    maxLength: MAX_BASE64_LENGTH,
    optional: true,
  })
  @OnlyIn('application/json', { required: true })
  audio_base64?: string;

  @TextField({
    description:
      'What the recording is called. It only serves as a name: what is in it is found out by its content.',
    maxLength: MAX_FILE_NAME_LENGTH,
    optional: true,
    example: 'meeting.mp3',
  })
  @OnlyIn('application/json')
  filename?: string;

  @TextField({
    description: 'ISO 639-1 code of the language that is spoken; recognized when absent.',
    maxLength: 2,
    pattern: { expression: /^[a-z]{2}$/u, message: 'must be an ISO 639-1 code, such as en' },
    optional: true,
    example: 'en',
  })
  language?: string;

  @TextField({
    description:
      'Transcription model; see `GET /api/v1/transcription/models`. `TRANSCRIPTION_MODEL` when absent.',
    maxLength: MAX_MODEL_NAME_LENGTH,
    optional: true,
    example: 'whisper-1',
  })
  model?: string;

  @TextField({
    description: 'Names and unusual words that may occur, or the sentence before.',
    maxLength: MAX_PROMPT_LENGTH,
    optional: true,
  })
  prompt?: string;

  @NumberFormField({ description: 'How freely the model guesses.', min: 0, max: 1, optional: true })
  temperature?: number;

  @ChoiceField({
    description: '`verbose_json` adds segments; `text`, `srt` and `vtt` are answered as such.',
    choices: RESPONSE_FORMATS,
    default: 'json',
  })
  response_format: ResponseFormat = 'json';

  @ChoiceField({
    description:
      'Adds times: of `segment`s, or of each `word`, where the model can. A model that gives no times has segments of ' +
      'about half a minute, which end at pauses.',
    choices: TIMESTAMPS,
    optional: true,
  })
  timestamps?: (typeof TIMESTAMPS)[number];
}

export class ConvertDto {
  @FileField({ description: 'Audio or video, in anything that ffmpeg can read.' })
  file!: unknown;

  @ChoiceField({ description: 'What it becomes.', choices: AUDIO_FORMAT_IDS, example: 'mp3' })
  format!: AudioFormatId;

  @IntegerParameter({
    description:
      "Samples a second, out of what the format allows; the recording's own, or the nearest, when absent.",
    min: MIN_SAMPLE_RATE,
    max: MAX_SAMPLE_RATE,
    optional: true,
    example: 44_100,
  })
  sample_rate?: number;

  @IntegerParameter({
    description: "Number of channels; the recording's own when absent.",
    min: 1,
    max: MAX_CHANNELS,
    optional: true,
    example: 2,
  })
  channels?: number;

  @TextField({
    description: 'Bits a second, as `128k` or `128000`, for formats that lose something.',
    maxLength: 7,
    pattern: { expression: /^\d{1,3}k$|^\d{4,6}$/u, message: 'must look like 128k or 128000' },
    optional: true,
    example: '128k',
  })
  bitrate?: string;
}

export class EstimateCostDto {
  @FileField({ description: 'Audio or video. It is decoded, so that what is silent is left out.' })
  @OnlyIn('multipart/form-data', { required: true })
  file?: unknown;

  @NumberField({
    description: 'Length of a recording that is yet to be made.',
    min: 0.1,
    max: YEAR_IN_SECONDS,
    optional: true,
    example: 3600,
  })
  @OnlyIn('application/json', { required: true })
  duration_seconds?: number;

  @TextField({
    description: 'Transcription model; `TRANSCRIPTION_MODEL` when absent.',
    maxLength: MAX_MODEL_NAME_LENGTH,
    optional: true,
    example: 'gpt-transcribe',
  })
  model?: string;
}

import { IntegerSetting, TextSetting } from '../setting.decorators.js';

/** Which model transcribes, and how long recordings are shared out. */
export class TranscriptionSettings {
  @TextSetting({
    group: 'Transcription',
    default: 'gpt-transcribe',
    description: 'Transcription model of requests that name none.',
  })
  TRANSCRIPTION_MODEL = 'gpt-transcribe';

  @IntegerSetting({
    group: 'Transcription',
    default: 300,
    min: 10,
    max: 1400,
    unit: 's',
    description:
      'Length of the pieces that a long recording is cut into, at silences. They are transcribed in parallel.',
  })
  TRANSCRIPTION_PIECE_SECONDS = 300;

  @IntegerSetting({
    group: 'Transcription',
    default: 4,
    min: 1,
    max: 64,
    unit: 'pieces',
    description: 'How many pieces of one recording are transcribed at the same time.',
  })
  TRANSCRIPTION_CONCURRENCY = 4;

  @IntegerSetting({
    group: 'Transcription',
    default: 180_000,
    min: 100,
    max: 3_600_000,
    unit: 'ms',
    description: 'Longest time that the transcription of one piece may take.',
  })
  TRANSCRIPTION_TIMEOUT_MS = 180_000;
}

export interface TranscriptionConfig {
  /** Id of the model for requests that name none. */
  readonly model: string;
  readonly pieceSeconds: number;
  readonly concurrency: number;
  readonly timeoutMs: number;
}

export function transcriptionConfig(settings: TranscriptionSettings): TranscriptionConfig {
  return {
    model: settings.TRANSCRIPTION_MODEL,
    pieceSeconds: settings.TRANSCRIPTION_PIECE_SECONDS,
    concurrency: settings.TRANSCRIPTION_CONCURRENCY,
    timeoutMs: settings.TRANSCRIPTION_TIMEOUT_MS,
  };
}

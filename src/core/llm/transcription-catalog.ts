import { SPEECH_LANGUAGE_CODES } from './speech-languages.js';
import type { TranscriptionModelDescriptor } from './transcription-model.js';

/** 25 MB, less what the form around the file takes. */
const OPENAI_MAX_BYTES = 25_000_000 - 64_000;
/** 1,400 s is refused by a hair. */
const OPENAI_MAX_SECONDS = 1390;
/** Announced by OpenAI for all of its speech models but `gpt-transcribe`. */
const OPENAI_RETIREMENT = '2027-02-26';

const OPENAI_MODEL = {
  provider: 'openai',
  timestamps: [],
  takesPrompt: true,
  languages: SPEECH_LANGUAGE_CODES,
  maxBytes: OPENAI_MAX_BYTES,
  maxSeconds: OPENAI_MAX_SECONDS,
} as const;

/**
 * Transcription models by id. Source of the prices, as of 2026-11-24: each model's own page under
 * developers.openai.com/api/docs/models; for those billed by tokens OpenAI's own estimate for a minute.
 */
export const TRANSCRIPTION_CATALOG: readonly TranscriptionModelDescriptor[] = [
  { ...OPENAI_MODEL, id: 'gpt-transcribe', pricePerMinute: 0.0045, retiresOn: null },
  { ...OPENAI_MODEL, id: 'gpt-4o-transcribe', pricePerMinute: 0.006, retiresOn: OPENAI_RETIREMENT },
  { ...OPENAI_MODEL, id: 'gpt-4o-mini-transcribe', pricePerMinute: 0.003, retiresOn: OPENAI_RETIREMENT },
  {
    ...OPENAI_MODEL,
    id: 'whisper-1',
    timestamps: ['segment', 'word'],
    maxSeconds: null,
    pricePerMinute: 0.006,
    retiresOn: OPENAI_RETIREMENT,
  },
];

/** A model that is in no catalogue, with as little assumed about it as possible. */
export function uncataloguedTranscriptionModel(id: string, name: string): TranscriptionModelDescriptor {
  return {
    ...OPENAI_MODEL,
    id,
    // Other servers run Whisper and its kin; OpenAI's own newer models give nothing but text.
    timestamps: name.startsWith('gpt-') ? [] : ['segment', 'word'],
    languages: null,
    pricePerMinute: null,
    retiresOn: null,
  };
}

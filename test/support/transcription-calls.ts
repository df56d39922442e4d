import type { GoodCall } from './good-calls.js';
import type { FormFile } from './multipart.js';
import { silence } from './wav.js';

const RECORDING: FormFile = { name: 'silence.wav', content: silence(0.5, 8000), mediaType: 'audio/wav' };

const TRANSCRIPTION_OPTIONS = {
  language: 'en',
  model: 'whisper-1',
  prompt: 'ML Service',
  response_format: 'verbose_json',
  timestamps: 'word',
};

/** One call of each operation on recordings. */
export const TRANSCRIPTION_CALLS: readonly GoodCall[] = [
  {
    operation: 'POST /api/v1/transcription/transcribe',
    path: '/api/v1/transcription/transcribe?async=false',
    body: {
      ...TRANSCRIPTION_OPTIONS,
      audio_base64: RECORDING.content.toString('base64'),
      filename: 'silence.wav',
      temperature: 0.2,
    },
    form: { fields: { ...TRANSCRIPTION_OPTIONS, temperature: '0.2' }, file: RECORDING },
  },
  {
    operation: 'POST /api/v1/transcription/convert',
    form: {
      fields: { format: 'mp3', sample_rate: '44100', channels: '2', bitrate: '64k' },
      file: RECORDING,
    },
  },
  {
    operation: 'POST /api/v1/transcription/estimate-cost',
    body: { duration_seconds: 7200.5, model: 'whisper-1' },
    form: { fields: { model: 'whisper-1' }, file: RECORDING },
  },
  { operation: 'GET /api/v1/transcription/formats' },
  { operation: 'GET /api/v1/transcription/languages' },
  { operation: 'GET /api/v1/transcription/models' },
  { operation: 'GET /api/v1/transcription/health' },
];

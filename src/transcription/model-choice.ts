import { ValidationError } from '../common/errors/validation.error.js';
import type { TimestampKind, TranscriptionModelDescriptor } from '../core/llm/transcription-model.js';
import { UnknownModelError } from '../core/llm/unknown-model.error.js';
import type { TranscribeDto } from './dto/transcription-request.dto.js';

/** Runs a look-up of the model that a request names. @throws ValidationError at `model` when there is none */
export function named<T>(find: () => T): T {
  try {
    return find();
  } catch (error) {
    if (error instanceof UnknownModelError)
      throw ValidationError.at(['model'], error.message, 'unknown_model');
    throw error;
  }
}

/** @throws ValidationError for a language or for times that the model can't do */
export function checkAbilities(model: TranscriptionModelDescriptor, request: TranscribeDto): void {
  const { language, timestamps } = request;
  if (language !== undefined && model.languages?.includes(language) === false) {
    throw ValidationError.at(['language'], `must be a language that ${model.id} knows`, 'enum');
  }
  if (timestamps === 'word' && !model.timestamps.includes('word')) {
    throw ValidationError.at(
      ['timestamps'],
      `must be segment or absent for ${model.id}, which gives no times of words; whisper-1 does`,
      'enum',
    );
  }
}

/** The times that an answer is made from. */
export function neededTimestamps({ response_format: format, timestamps }: TranscribeDto): TimestampKind[] {
  const needsSegments = format === 'verbose_json' || format === 'srt' || format === 'vtt';
  if (timestamps === 'word') return needsSegments ? ['segment', 'word'] : ['word'];
  return needsSegments || timestamps === 'segment' ? ['segment'] : [];
}

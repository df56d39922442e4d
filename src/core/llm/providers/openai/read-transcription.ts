import { languageCode } from '../../speech-languages.js';
import type { TimedText, Transcription } from '../../transcription-model.js';
import { UnusableAnswerError } from '../unusable-answer.error.js';

/**
 * Reads the body of an answer to `POST /audio/transcriptions`, as `json` or `verbose_json`.
 * @throws UnusableAnswerError unless there is a text, and times that go forward where there are any
 */
export function readTranscription(body: unknown): Transcription {
  const { text, language, languages, segments, words, usage } = asRecord(body);
  if (typeof text !== 'string') throw new UnusableAnswerError('It has no text.');
  return {
    text: text.trim(),
    language: readLanguage(language, languages),
    segments: readTimed(segments, 'text'),
    words: readTimed(words, 'word'),
    ...readUsage(usage),
  };
}

function readLanguage(language: unknown, languages: unknown): string | null {
  const name: unknown = language ?? (Array.isArray(languages) ? languages[0] : null);
  return typeof name === 'string' && name.trim() !== '' ? languageCode(name) : null;
}

function readTimed(items: unknown, textField: 'text' | 'word'): TimedText[] | null {
  if (items === undefined || items === null) return null;
  if (!Array.isArray(items)) throw new UnusableAnswerError('Its times are no list.');
  return items.map((item: unknown) => {
    const record = asRecord(item);
    const { start, end } = record;
    const text = record[textField];
    if (!isTime(start) || !isTime(end) || end < start || typeof text !== 'string') {
      throw new UnusableAnswerError('Its times make no sense.');
    }
    return { start, end, text: text.trim() };
  });
}

function readUsage(usage: unknown) {
  const { seconds, input_tokens: input, output_tokens: output } = asRecord(usage);
  return {
    promptTokens: isCount(input) ? input : 0,
    completionTokens: isCount(output) ? output : 0,
    billedSeconds: isTime(seconds) ? seconds : null,
  };
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function asRecord(value: unknown): Readonly<Partial<Record<string, unknown>>> {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Partial<Record<string, unknown>>>)
    : {};
}

import type { TimedText } from '../core/llm/transcription-model.js';

/** What was said in a recording. Times are in seconds from its beginning. */
export interface Transcript {
  readonly text: string;
  /** ISO 639-1 where it is known to be one; null where nobody says. */
  readonly language: string | null;
  readonly segments: readonly TimedText[];
  /** Null where the model gives no times of words. */
  readonly words: readonly TimedText[] | null;
}

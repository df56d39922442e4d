export type TimestampKind = 'segment' | 'word';

/** What is known about a transcription model. */
export interface TranscriptionModelDescriptor {
  /** Name that requests use, e.g. `gpt-transcribe`, or `provider/model` for one that is in no catalogue. */
  readonly id: string;
  readonly provider: string;
  /** The times that it can give; none for a model that gives nothing but text. */
  readonly timestamps: readonly TimestampKind[];
  readonly takesPrompt: boolean;
  /** ISO 639-1 codes of the languages that can be asked for; null where that is not known. */
  readonly languages: readonly string[] | null;
  /** Largest file of one call, in bytes. */
  readonly maxBytes: number;
  /** Longest recording of one call, in seconds; null where only its size matters. */
  readonly maxSeconds: number | null;
  /** US dollars for a minute of recording; null where unknown. */
  readonly pricePerMinute: number | null;
  /** ISO date on which its provider switches it off; null where none is announced. */
  readonly retiresOn: string | null;
}

export interface TranscriptionRequest {
  /** A WAV file with 16-bit samples of one channel, 16,000 a second. It may be read piece by piece, and again. */
  readonly audio: Blob;
  /** Length of the audio, in seconds; within the model's limits. */
  readonly seconds: number;
  /** ISO 639-1; recognized by the model when absent. */
  readonly language?: string | undefined;
  /** Names and words that may occur; left out for models that take none. */
  readonly prompt?: string | undefined;
  /** From 0 to 1; the model's own when absent. */
  readonly temperature?: number | undefined;
  /** The times that are wanted; those that the model can't give are left out. */
  readonly timestamps: readonly TimestampKind[];
  /** Stops the work, provider calls included. */
  readonly signal?: AbortSignal | undefined;
}

/** In seconds from the beginning of the audio. */
export interface TimedText {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Transcription {
  readonly text: string;
  /** As the model names it; null where it doesn't say. */
  readonly language: string | null;
  /** Null where the model gave none. */
  readonly segments: readonly TimedText[] | null;
  readonly words: readonly TimedText[] | null;
  /** Tokens that were billed, for models that are billed by them; 0 for others. */
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Seconds that were billed; null where the provider doesn't say. */
  readonly billedSeconds: number | null;
}

/**
 * Turns speech into text. Retries and limits are models around a model.
 */
export abstract class TranscriptionModel {
  abstract readonly descriptor: TranscriptionModelDescriptor;

  /**
   * @throws ProviderError, ProviderTimeoutError, RateLimitedError or UnavailableError with a `ProviderFailure` as the
   *   cause, or the reason of `signal` once that fires
   */
  abstract transcribe(request: TranscriptionRequest): Promise<Transcription>;
}

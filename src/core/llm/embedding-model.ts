/** What is known about an embedding model. */
export interface EmbeddingModelDescriptor {
  /** Name that requests use, e.g. `text-embedding-3-small`. */
  readonly id: string;
  readonly provider: string;
  /** Length of its vectors unless a request asks for fewer; null while a model that is in no catalogue has not been called. */
  readonly dimensions: number | null;
  /** Fewest dimensions that a request may ask for; null where the length is fixed. */
  readonly minDimensions: number | null;
  /** Longest text, in the model's tokens. */
  readonly maxInputTokens: number;
  /** US dollars for a million input tokens; null where unknown. */
  readonly pricePerMillionTokens: number | null;
}

export interface EmbeddingRequest {
  /** At least one, none of them empty. */
  readonly texts: readonly string[];
  /** Length of the vectors; the model's own when absent. */
  readonly dimensions?: number | undefined;
  /** Stops the work, provider calls included. */
  readonly signal?: AbortSignal | undefined;
}

export interface EmbeddedText {
  /** Others may hold the same one, so it must not be changed. */
  readonly vector: Float32Array;
  /** Tokens that were billed for this text: 0 when no provider call was made for it. */
  readonly promptTokens: number;
  /** Whether the vector was there already, in the cache or on its way for somebody else. */
  readonly cached: boolean;
}

/**
 * Turns texts into vectors. Retries, limits, gathering and caching are models around a model.
 */
export abstract class EmbeddingModel {
  abstract readonly descriptor: EmbeddingModelDescriptor;

  /**
   * @returns one result for each text, in their order; all or none
   * @throws InputTooLongError naming the text that is over `maxInputTokens`
   * @throws ProviderError, ProviderTimeoutError, RateLimitedError, UnavailableError
   */
  abstract embed(request: EmbeddingRequest): Promise<EmbeddedText[]>;
}

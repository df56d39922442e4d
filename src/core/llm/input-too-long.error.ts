/** A text is longer than the model takes. Callers know which field it came from and say so to the client. */
export class InputTooLongError extends Error {
  override readonly name = 'InputTooLongError';

  constructor(
    /** Position among the texts of the request. */
    readonly index: number,
    readonly modelId: string,
    readonly maxInputTokens: number,
  ) {
    super(`text ${index} is over the ${maxInputTokens} tokens that ${modelId} takes`);
  }
}
